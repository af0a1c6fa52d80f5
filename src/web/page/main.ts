// The page begins here: what its address asks for is done, then it shows the run for as long as it is open.

import type { WatchAnswer } from '../wire/answers.js';
import { App } from './app.js';
import { ApiError, post } from './data/api.js';
import { followKeys } from './input/keyboard.js';
import { parsePageParameters, withoutToken } from './input/url-parameters.js';

const { watch, epoch, problem } = parsePageParameters(window.location.search);
window.history.replaceState(null, '', withoutToken(window.location.href));

const watchWished = async (app: App): Promise<void> => {
  if (watch === null || problem !== null) return;
  try {
    await post<WatchAnswer>('/api/watch', watch);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    app.problem(error.message);
  }
};

const app: App = new App(epoch, () => void watchWished(app));
app.problem(problem);
followKeys((action) => app.act(action));
app.begin();
