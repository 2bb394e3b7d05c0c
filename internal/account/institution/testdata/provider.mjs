// A certified provider of OpenID Connect (npm oidc-provider 9.13.3) for TestARealProvider; see real_test.go.
import Provider from 'oidc-provider';

const port = Number(process.env.PORT), issuer = `http://localhost:${port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'chiron', client_secret: 'a secret that is long enough for it', redirect_uris: ['http://localhost:1/sign-in/with/real/back'],
    grant_types: ['authorization_code'], response_types: ['code'],
  }],
  claims: { email: ['email', 'email_verified'] },
  pkce: { required: () => true },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@hospital.example`, email_verified: true }) }),
});
provider.listen(port, () => console.log(issuer));
