import { z } from 'zod';
import { amazon, project, uuid } from './cloud-names.ts';

/** What clouds measure themselves. Signed in by workload identity: there is no key. */

/** Any that can be printed: some begin with a digit, some hold spaces. */
const metricName = z
  .string()
  .regex(/^[!-~][ -~]*$/, 'the name of a metric such as `CPUUtilization`')
  .max(255);

const service = z.strictObject({
  namespace: z
    .string()
    .regex(/^[\w./#-][\w./# -]*$/, 'a namespace such as `AWS/RDS`')
    .max(255)
    .describe("One of Amazon's, whose resources are looked up by their tags, or any other."),
  metrics: z
    .array(
      z.strictObject({
        name: metricName,
        statistics: z
          .array(
            z
              .string()
              .regex(
                /^(?:Average|Maximum|Minimum|SampleCount|Sum|p\d{1,2}(?:\.\d{1,2})?)$/,
                '`Average`, `Maximum`, `Minimum`, `SampleCount`, `Sum`, or a percentile such as `p99`',
              ),
          )
          .min(1)
          .max(10),
      }),
    )
    .min(1)
    .max(100),
  period: z
    .enum(['1m', '5m', '15m', '1h', '1d'])
    .default('5m')
    .describe('What one value is about. S3 counts its bytes once in `1d`.'),
  tags: z
    .record(z.string().min(1).max(128), z.string().max(256))
    .default({})
    .describe('Tags that a resource has: an expression for the whole of each value.'),
});

export const clouds = {
  cloudwatch: z
    .strictObject({ ...amazon, services: z.array(service).min(1).max(50) })
    .optional()
    .describe('Metrics of AWS, each request for which is billed.'),
  azureMonitor: z
    .strictObject({
      subscriptions: z.array(uuid).min(1).max(50),
      clientId: uuid.describe(
        'Managed identity or application with a federated credential for alloy-sources, the same for all sources.',
      ),
      resourceType: z
        .string()
        .regex(/^[A-Za-z]\w*\.\w+(?:\/\w+)+$/, 'a type such as `Microsoft.Storage/storageAccounts`')
        .max(256),
      metricNamespace: z
        .string()
        .regex(/^[\w./ -]+$/, 'a namespace such as `Microsoft.Storage/storageAccounts/blobServices`')
        .max(256)
        .optional()
        .describe('For types whose parts have metrics of their own.'),
      metrics: z.array(metricName).min(1).max(100),
      aggregations: z
        .array(z.enum(['average', 'count', 'maximum', 'minimum', 'total']))
        .max(5)
        .default([])
        .describe("Each metric's own unless said."),
      dimensions: z
        .array(z.string().regex(/^\w+$/, 'a dimension such as `ApiName`').max(128))
        .max(10)
        .default([])
        .describe('That become labels.'),
      tags: z
        .array(
          z
            .string()
            .regex(/^[\w.:-]+$/, 'the name of a tag')
            .max(128),
        )
        .max(20)
        .default([])
        .describe('Of resources, that become labels `tag_<name>`.'),
      regions: z
        .array(z.string().regex(/^[a-z0-9]+$/, 'a region such as `westeurope`'))
        .max(30)
        .default([])
        .describe('One request for all resources of each, where Azure allows that for the type; else one a resource.'),
    })
    .optional()
    .describe('Metrics of Azure.'),
  gcp: z
    .strictObject({
      projects: z.array(project).min(1).max(50),
      metricPrefixes: z
        .array(
          z
            .string()
            .regex(/^[a-z0-9.-]+\/[\w./-]+$/, 'a prefix such as `pubsub.googleapis.com/subscription`')
            .max(256),
        )
        .min(1)
        .max(100),
    })
    .optional()
    .describe('Metrics of Google Cloud.'),
};
