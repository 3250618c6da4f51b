"""Login at an OpenID provider by authorization code, with PKCE, state, nonce and an ID token checked in all parts."""
