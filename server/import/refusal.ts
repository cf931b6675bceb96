/** Why an import does not begin, as a sentence for people that says what to do. */
export class ImportRefusal extends Error {}
