/** Longest note, as the contract has it; written here too so that a screen need not load the schemas. */
export const NOTE_MAX = 4000;
