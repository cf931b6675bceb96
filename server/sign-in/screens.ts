import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { pageHeaders } from './html.ts';
import type { ProviderDeps } from './provider.ts';
import { type Key, type Words, wordsFor } from './texts.ts';
import { deviceCodePage, deviceDonePage, errorPage } from './views.ts';

/** The status of a page that refuses a device code; nothing else of the provider's has it. */
export const WRONG_CODE = 422;

/** The pages that the OpenID provider shows by itself: device codes, and what went wrong on its own addresses. */
export const screens: ProviderDeps['screens'] = {
  async error(ctx, out) {
    const title: Key = out.error === 'server_error' ? 'failedTitle' : 'goneTitle';
    await show(ctx, (words) => errorPage(words, title, out.error === 'server_error' ? 'failed' : 'gone'));
  },
  async deviceCode(ctx, _form, _out, error) {
    const given = error && 'userCode' in error ? error.userCode : ctx.query.code;
    if (error && 'userCode' in error) ctx.status = WRONG_CODE;
    await show(ctx, (words) =>
      deviceCodePage(words, {
        action: ctx.oidc.urlFor('code_verification'),
        xsrf: xsrfOf(ctx),
        code: typeof given === 'string' ? given : '',
        wrong: error && wrongOf(error),
      }),
    );
  },
  async deviceConfirm(ctx, _form, _client, _info, userCode) {
    await show(ctx, (words) =>
      deviceCodePage(words, {
        action: ctx.oidc.urlFor('code_verification'),
        xsrf: xsrfOf(ctx),
        code: userCode,
        wrong: undefined,
      }),
    );
  },
  async deviceDone(ctx) {
    await show(ctx, deviceDonePage);
  },
};

async function show(ctx: KoaContextWithOIDC, view: (words: Words) => Promise<string>): Promise<void> {
  const words = wordsFor(ctx.get('accept-language'));
  ctx.set(pageHeaders());
  ctx.body = await view(words);
}

function xsrfOf(ctx: KoaContextWithOIDC): string {
  const secret = ctx.oidc.session?.state?.secret;
  return typeof secret === 'string' ? secret : '';
}

const wrongOf = (error: Error): Key =>
  error.name === 'AlreadyUsedError' || error instanceof errors.InvalidGrant ? 'deviceUsed' : 'deviceWrong';
