// A certified OpenID provider (panva's oidc-provider) for the tests: `node provider.mjs MOTCUA PACKAGES`,
// the address of the program under test and the folder with the packages. Whoever comes to its page of
// sign-in says by `?login=NAME` who they are, or by `?error=NAME` that they are nobody.

import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [motcua, packages] = process.argv.slice(2);
const entry = createRequire(`${packages}/x`).resolve('oidc-provider');
const { default: Provider } = await import(pathToFileURL(entry));

const people = {
  buoi: {
    name: 'Lê Thị Bưởi',
    birthdate: '1985-05-19',
    phone_number: '+84912345678',
    citizen: { number: '036185990001' },
  },
  khe: { name: 'Phạm Văn Khế', birthdate: '1990', email: 'khe@example.org', email_verified: false },
  ha: { name: 'Trần Thu Hà', preferred_username: 'tiepnhan1', groups: ['motcua-desk'] },
  dung: { name: 'Vũ Mạnh Dũng', preferred_username: 'thuly1', groups: ['motcua-desk', 'motcua-processor'] },
};

const server = createServer();
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: ['vneid', 'tinh'].map((id) => ({
    client_id: `motcua-${id}`,
    client_secret: 'bi-mat-cua-ung-dung',
    redirect_uris: [`${motcua}/dang-nhap/mot-lan/${id}/tra-loi`],
    post_logout_redirect_uris: [`${motcua}/dang-xuat/xong`],
  })),
  claims: {
    openid: ['sub'],
    profile: ['name', 'birthdate', 'preferred_username', 'citizen', 'groups'],
    email: ['email', 'email_verified'],
    phone: ['phone_number'],
  },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true },
  ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
});

async function interact(request, response) {
  const details = await provider.interactionDetails(request, response);
  const query = new URL(request.url, issuer).searchParams;
  if (query.has('error')) {
    return provider.interactionFinished(request, response, { error: query.get('error') });
  }
  if (!query.has('login') && !details.session) {
    return response.end('who?');
  }
  const accountId = query.get('login') ?? details.session.accountId;
  const grant = new provider.Grant({ accountId, clientId: details.params.client_id });
  grant.addOIDCScope(details.params.scope);
  const grantId = await grant.save();
  const result = { login: { accountId }, consent: { grantId } };
  return provider.interactionFinished(request, response, result);
}

const callback = provider.callback();
server.on('request', (request, response) => {
  if (!request.url.startsWith('/interaction/')) return callback(request, response);
  return interact(request, response).catch((error) => {
    response.statusCode = 400;
    response.end(String(error));
  });
});
console.log(`listening on ${issuer}`);
