import * as z from 'zod'
import { policySchema } from './schema.ts'

/**
 * The JSON Schema of a policy file, for editors. Draft 7: the YAML language server that most editors use reads the
 * later drafts only since its version 1.20.
 */
export function policyJsonSchema(): object {
  return z.toJSONSchema(policySchema, { target: 'draft-07', override: tighten })
}

/** Replaces what zod derives from the type with the JSON Schema that `checked` was given. */
function tighten({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  const { json, description } = jsonSchema
  if (typeof json !== 'object') return
  for (const key of Object.keys(jsonSchema)) delete jsonSchema[key]
  Object.assign(jsonSchema, json, description === undefined ? {} : { description })
}
