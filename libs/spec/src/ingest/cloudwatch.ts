/**
 * Namespaces of CloudWatch whose resources Alloy finds: those of `SupportedServices` that say which resources they are
 * about (yet-another-cloudwatch-exporter 0.64, as Alloy 1.18 has it). Alloy refuses a whole configuration that looks
 * for the resources of any other, so what is not here is asked for as a namespace of one's own, which any may be.
 */
const OF_AMAZON = `
ACMPrivateCA | AOSS | AmazonMQ | ApiGateway | AppStream | AppSync | ApplicationELB | Athena | AutoScaling |
Backup | Bedrock/Agents | Bedrock/Guardrails | Cassandra | CertificateManager | ClientVPN | CloudFront |
Cognito | DDoSProtection | DMS | DX | DataSync | DirectoryService | DocDB | DynamoDB | EBS | EC2 | EC2Spot |
ECS | EFS | EKS | ELB | EMRServerless | ES | ElastiCache | ElasticBeanstalk | ElasticMapReduce | Events | FSx
| Firehose | GameLift | GatewayELB | GlobalAccelerator | IPAM | IoT | KMS | Kafka | KafkaConnect | Kinesis |
KinesisAnalytics | Lambda | Logs | MediaConnect | MediaConvert | MediaLive | MediaPackage | MediaTailor |
MemoryDB | NATGateway | Neptune | Network Manager | NetworkELB | NetworkFirewall | PrivateLinkEndpoints |
PrivateLinkServices | Prometheus | QLDB | RDS | Redshift | Redshift-Serverless | Route53 | Route53Resolver |
S3 | SNS | SQS | SageMaker | Sagemaker/ModelBuildingPipeline | States | StorageGateway | TransitGateway | VPN
| VpcLattice | WAFV2 | WorkSpaces
`;
const OTHERS = [
  '/aws/sagemaker/Endpoints',
  '/aws/sagemaker/InferenceComponents',
  '/aws/sagemaker/InferenceRecommendationsJobs',
  '/aws/sagemaker/ProcessingJobs',
  '/aws/sagemaker/TrainingJobs',
  '/aws/sagemaker/TransformJobs',
  'AmazonMWAA',
  'ContainerInsights',
  'ECS/ContainerInsights',
  'Glue',
];

const KNOWN: ReadonlySet<string> = new Set([...OF_AMAZON.split('|').map((name) => `AWS/${name.trim()}`), ...OTHERS]);

/** True where the resources that metrics of a namespace are about can be found, with their tags. */
export function hasDiscovery(namespace: string): boolean {
  return KNOWN.has(namespace);
}
