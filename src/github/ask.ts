import { type Client, connect } from './client.ts'
import { isDenied } from './failure.ts'

/** Asks GitHub a question, and gives its answer. */
export type Ask = <T>(question: (client: Client) => Promise<T>) => Promise<T>

/** Asks with a token as `askGitHub` does. */
export function asker(token: string): Ask {
  return async (question) => (await askGitHub(token, question)).answer
}

/** Asks with the token and, if that is not permitted, anonymously: public data needs no token. */
export async function askGitHub<T>(
  token: string,
  question: (client: Client) => Promise<T>,
): Promise<{ client: Client; answer: T }> {
  const askAs = async (client: Client) => ({ client, answer: await question(client) })
  try {
    return await askAs(await connect(token))
  } catch (error) {
    if (!token || !isDenied(error)) throw error
    return connect('')
      .then(askAs)
      .catch(() => Promise.reject(error))
  }
}
