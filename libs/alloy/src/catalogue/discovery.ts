/** Components that find targets. The form of the text: `read.ts`. */
export const discovery = `
discovery.aws targets:targets
  ...http_client role! endpoint region access_key secret_key profile role_arn external_id refresh_interval port
  clusters request_concurrency filter*{name! values!}
discovery.azure targets:targets
  environment port subscription_id refresh_interval resource_group proxy_url no_proxy proxy_from_environment
  proxy_connect_header follow_redirects enable_http2 http_headers oauth{client_id! tenant_id! client_secret!}
  managed_identity{client_id!} tls_config@tls_config
discovery.consul targets:targets
  ...http_client server token datacenter namespace partition tag_separator scheme username password allow_stale
  services tags node_meta refresh_interval
discovery.consulagent targets:targets
  server token datacenter tag_separator scheme username password refresh_interval services tags
  tls_config@tls_config
discovery.digitalocean targets:targets
  refresh_interval port bearer_token bearer_token_file proxy_url no_proxy proxy_from_environment
  proxy_connect_header follow_redirects enable_http2 http_headers
discovery.dns targets:targets
  names! refresh_interval type port
discovery.docker targets:targets
  ...http_client host! port host_networking_host refresh_interval match_first_network filter*{name! values!}
discovery.dockerswarm targets:targets
  ...http_client host! role! port refresh_interval filter*{name! values!}
discovery.ec2 targets:targets
  ...http_client endpoint region access_key secret_key profile role_arn refresh_interval port filter*{name!
  values!}
discovery.eureka targets:targets
  ...http_client server! refresh_interval
discovery.file targets:targets
  files! refresh_interval
discovery.gce targets:targets
  project! zone! filter refresh_interval port tag_separator
discovery.hetzner targets:targets
  ...http_client role! refresh_interval port
discovery.http targets:targets
  ...http_client url! refresh_interval
discovery.ionos targets:targets
  ...http_client datacenter_id! refresh_interval port
discovery.kubelet targets:targets
  ...http_client url refresh_interval namespaces
discovery.kubernetes targets:targets
  ...http_client role! api_server kubeconfig_file namespaces{own_namespace names} selectors*{role! label field}
  attach_metadata{node namespace}
discovery.kuma targets:targets
  ...http_client server! refresh_interval fetch_timeout
discovery.lightsail targets:targets
  ...http_client endpoint region access_key secret_key profile role_arn refresh_interval port
discovery.linode targets:targets
  ...http_client refresh_interval port tag_separator region
discovery.marathon targets:targets
  ...http_client servers! refresh_interval auth_token auth_token_file
discovery.nerve targets:targets
  servers! paths! timeout
discovery.nomad targets:targets
  ...http_client allow_stale namespace refresh_interval region server tag_separator
discovery.openstack targets:targets
  role! region! identity_endpoint username userid password project_name project_id domain_name domain_id
  application_credential_name application_credential_id application_credential_secret refresh_interval port
  all_tenants availability tls_config@tls_config
discovery.ovhcloud targets:targets
  application_key! application_secret! consumer_key! service! endpoint refresh_interval
discovery.process targets:targets
  join:targets refresh_interval discover_config{cwd exe commandline username uid container_id cgroup_path}
discovery.puppetdb targets:targets
  ...http_client url! query! refresh_interval include_parameters port
discovery.relabel output:targets rules:rules
  targets!:targets rule*@rule
discovery.scaleway targets:targets
  project_id! role! access_key! api_url zone secret_key secret_key_file name_filter tags_filter
  refresh_interval port proxy_url no_proxy proxy_from_environment proxy_connect_header follow_redirects
  enable_http2 http_headers tls_config@tls_config
discovery.serverset targets:targets
  servers! paths! timeout
discovery.triton targets:targets
  account! dns_suffix! endpoint! role groups port refresh_interval version tls_config@tls_config
discovery.uyuni targets:targets
  server! username! password! entitlement separator refresh_interval proxy_url no_proxy proxy_from_environment
  proxy_connect_header follow_redirects enable_http2 http_headers tls_config@tls_config
`;
