import { type RouteConfig, z } from '@hono/zod-openapi'
import { declared } from './access.ts'
import { ok, wrong } from './describe.ts'
import { access, documentList, memberDocument, memberProgress } from './member-schemas.ts'
import { myDataSchema } from './my-data-schema.ts'
import { FORMS } from './negotiate.ts'

/** The security scheme of the OpenAPI document, under the name `token`. */
export const tokenScheme = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'cme_…',
  description:
    'A token of `cme token add`. `progress` reaches its member’s own data, `moderate` the members of its space, `admin` all of the ' +
    'space; each scope opens what those before it open.',
} as const

const refused = {
  401: wrong('No token came, or one that is unknown, ended or expired; `WWW-Authenticate` says which.'),
  403: wrong('The token is good, but lacks the scope.'),
}
const nobody = wrong('The token reaches no such member.')
const common: Pick<RouteConfig, 'method' | 'tags' | 'security' | 'x-access'> = {
  method: 'get',
  tags: ['members'],
  ...declared('reach'),
}
const binary = { schema: { type: 'string', format: 'binary' } } as const
const someone = {
  params: z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'm1' }) }),
}

export const accessRoute: RouteConfig = {
  method: 'get',
  path: '/v1/me',
  operationId: 'getAccess',
  tags: ['members'],
  summary: 'What the token is good for',
  ...declared('token'),
  responses: { 200: ok(access, 'Whose it is, its scopes, and until when.'), 401: refused[401] },
}

export const ownProgressRoute: RouteConfig = {
  ...common,
  path: '/v1/me/progress',
  operationId: 'getOwnProgress',
  summary: 'Where the member of the token stands on her pathway',
  responses: { 200: ok(memberProgress, 'Her progress.'), ...refused, 404: nobody },
}

export const ownDocumentsRoute: RouteConfig = {
  ...common,
  path: '/v1/me/documents',
  operationId: 'listOwnDocuments',
  summary: 'The documents of the member of the token',
  responses: { 200: ok(documentList, 'All of them, without their text.'), ...refused, 404: nobody },
}

export const ownDataRoute: RouteConfig = {
  ...common,
  path: '/v1/me/data',
  operationId: 'exportOwnData',
  summary: 'Everything that is kept about the member of the token',
  description: 'As JSON, or with `Accept: text/markdown` to read.',
  responses: {
    200: {
      description: 'All of it.',
      content: { 'application/json': { schema: myDataSchema }, [FORMS.md]: { schema: z.string() } },
    },
    ...refused,
    404: nobody,
    406: wrong('`Accept` takes neither form.'),
  },
}

export const progressRoute: RouteConfig = {
  ...common,
  path: '/v1/members/{id}/progress',
  operationId: 'getProgress',
  summary: 'Where a member stands on her pathway',
  description: 'For herself, and for moderators of the space in which she did it.',
  request: someone,
  responses: { 200: ok(memberProgress, 'Her progress.'), ...refused, 404: nobody },
}

export const documentsRoute: RouteConfig = {
  ...common,
  path: '/v1/members/{id}/documents',
  operationId: 'listDocuments',
  summary: 'The documents of a member',
  description: 'For herself, and for moderators of the space in which she began them.',
  request: someone,
  responses: { 200: ok(documentList, 'All of them, without their text.'), ...refused, 404: nobody },
}

export const documentRoute: RouteConfig = {
  ...common,
  path: '/v1/documents/{id}',
  operationId: 'getDocument',
  summary: 'One document: a needs assessment or a mock activity',
  description:
    'As JSON, a page to print, Markdown or a Word document, by `Accept` or by the ending of the address: `.json`, `.html`, `.md`, `.docx`.',
  request: {
    params: z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'doc1' }) }),
  },
  responses: {
    200: {
      description: 'The document; every form says that it is an exercise.',
      content: {
        'application/json': { schema: memberDocument },
        [FORMS.html]: { schema: z.string() },
        [FORMS.md]: { schema: z.string() },
        [FORMS.docx]: binary,
      },
    },
    ...refused,
    404: wrong('The token reaches no such document.'),
    406: wrong('`Accept` takes none of the forms.'),
  },
}
