// What a browser gets that has shown no token: where to find the URL that has one.

import type { Reply } from '../http/reply.js';

const TEXT = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>pingem</title></head>
<body>
<h1>pingem</h1>
<p>This page opens by the whole URL that pingem printed when it started, with its <code>?token=</code>.</p>
<p>If it was open before: pingem has been restarted since, and the URL of now has another token.
With <code>--token-file FILE</code> the token stays the same.</p>
</body>
</html>
`;

export const closedPage: Reply = { status: 401, type: 'text/html; charset=utf-8', body: TEXT };
