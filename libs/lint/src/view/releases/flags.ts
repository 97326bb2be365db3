/**
 * The flags of programs that have few of them, as the pinned versions print them with `--help`, and Prometheus's hidden
 * ones. Loki and Mimir have thousands.
 */
const FLAGS: Readonly<Record<string, string>> = {
  prometheus: `
    agent alertmanager.drain-notification-queue-on-shutdown alertmanager.notification-batch-size
    alertmanager.notification-queue-capacity auto-gomaxprocs auto-gomemlimit auto-gomemlimit.ratio
    auto-gomemlimit.refresh-interval config.auto-reload config.auto-reload-interval config.file enable-feature h
    help help-long log.format log.level query.lookback-delta query.max-concurrency query.max-samples
    query.timeout rules.alert.for-grace-period rules.alert.for-outage-tolerance rules.alert.resend-delay
    rules.max-concurrent-evals scrape.adjust-timestamps scrape.discovery-reload-interval
    scrape.timestamp-tolerance storage.agent.checkpoint-batch-size
    storage.agent.checkpoint-from-in-memory-series storage.agent.no-lockfile storage.agent.path
    storage.agent.retention.max-time storage.agent.retention.min-time storage.agent.wal-compression
    storage.agent.wal-compression-type storage.remote.flush-deadline storage.remote.read-concurrent-limit
    storage.remote.read-max-bytes-in-frame storage.remote.read-sample-limit storage.tsdb.block-reload-interval
    storage.tsdb.delay-compact-file.path storage.tsdb.delayed-compaction.max-percent
    storage.tsdb.head-chunks-write-queue-size storage.tsdb.max-block-chunk-segment-size
    storage.tsdb.max-block-duration storage.tsdb.min-block-duration storage.tsdb.no-lockfile storage.tsdb.path
    storage.tsdb.retention.size storage.tsdb.retention.time storage.tsdb.samples-per-chunk
    storage.tsdb.wal-compression storage.tsdb.wal-compression-type storage.tsdb.wal-segment-size version
    web.config.file web.console.libraries web.console.templates web.cors.origin web.enable-admin-api
    web.enable-lifecycle web.enable-otlp-receiver web.enable-remote-write-receiver web.external-url
    web.external-url. web.listen-address web.max-connections web.max-notifications-subscribers web.page-title
    web.read-timeout web.remote-write-receiver.accepted-protobuf-messages web.route-prefix web.search.max-limit
    web.user-assets write-documentation
  `,
  'kube-state-metrics': `
    add_dir_header alsologtostderr apiserver auto-gomemlimit auto-gomemlimit-ratio config
    custom-resource-state-config custom-resource-state-config-file custom-resource-state-only
    enable-gzip-encoding h help host kubeconfig log_backtrace_at log_dir log_file log_file_max_size logtostderr
    metric-allowlist metric-annotations-allowlist metric-denylist metric-labels-allowlist metric-opt-in-list
    namespaces namespaces-denylist node one_output pod pod-namespace port resources server-idle-timeout
    server-read-header-timeout server-read-timeout server-write-timeout shard skip_headers skip_log_headers
    stderrthreshold telemetry-host telemetry-port tls-config total-shards track-unscheduled-pods
    use-apiserver-cache v vmodule
  `,
  'node-exporter': `
    collector.arp collector.arp.device-exclude collector.arp.device-include collector.arp.netlink
    collector.bcache collector.bcache.priorityStats collector.bcachefs collector.bonding collector.btrfs
    collector.buddyinfo collector.cgroups collector.conntrack collector.cpu collector.cpu.guest
    collector.cpu.info collector.cpu.info.bugs-include collector.cpu.info.flags-include
    collector.cpu_vulnerabilities collector.cpufreq collector.disable-defaults collector.diskstats
    collector.diskstats.device-exclude collector.diskstats.device-include collector.dmi collector.dmmultipath
    collector.drbd collector.drm collector.edac collector.entropy collector.ethtool
    collector.ethtool.device-exclude collector.ethtool.device-include collector.ethtool.metrics-include
    collector.fibrechannel collector.filefd collector.filesystem collector.filesystem.fs-types-exclude
    collector.filesystem.fs-types-include collector.filesystem.mount-points-exclude
    collector.filesystem.mount-points-include collector.hwmon collector.hwmon.chip-exclude
    collector.hwmon.chip-include collector.hwmon.sensor-exclude collector.hwmon.sensor-include
    collector.infiniband collector.infiniband.device-exclude collector.infiniband.device-include
    collector.interrupts collector.interrupts.include-zeros collector.interrupts.name-exclude
    collector.interrupts.name-include collector.ipvs collector.ipvs.backend-labels collector.kernel_hung
    collector.ksmd collector.lnstat collector.loadavg collector.logind collector.mdadm collector.meminfo
    collector.meminfo_numa collector.mountstats collector.netclass collector.netclass.ignore-invalid-speed
    collector.netclass.ignored-devices collector.netclass.netlink collector.netclass_rtnl.with-stats
    collector.netdev collector.netdev.address-info collector.netdev.device-exclude
    collector.netdev.device-include collector.netdev.enable-detailed-metrics collector.netdev.label-ifalias
    collector.netdev.netlink collector.netstat collector.netstat.fields collector.network_route collector.nfs
    collector.nfsd collector.ntp collector.ntp.ip-ttl collector.ntp.local-offset-tolerance
    collector.ntp.max-distance collector.ntp.protocol-version collector.ntp.server collector.ntp.server-is-local
    collector.ntp.server-port collector.nvme collector.nvmesubsystem collector.os collector.pcidevice
    collector.pcidevice.idsfile collector.pcidevice.names collector.perf collector.perf.cache-profilers
    collector.perf.cpus collector.perf.disable-cache-profilers collector.perf.disable-hardware-profilers
    collector.perf.disable-software-profilers collector.perf.hardware-profilers
    collector.perf.software-profilers collector.perf.tracepoint collector.powersupply.ignored-supplies
    collector.powersupplyclass collector.pressure collector.processes collector.qdisc
    collector.qdisc.device-exclude collector.qdisc.device-include collector.qdisc.fixtures collector.rapl
    collector.rapl.enable-zone-label collector.runit collector.runit.servicedir collector.schedstat
    collector.selinux collector.slabinfo collector.slabinfo.slabs-exclude collector.slabinfo.slabs-include
    collector.sockstat collector.softirqs collector.softnet collector.stat collector.stat.softirq
    collector.supervisord collector.supervisord.url collector.swap collector.sysctl collector.sysctl.include
    collector.sysctl.include-info collector.systemd collector.systemd.enable-restarts-metrics
    collector.systemd.enable-start-time-metrics collector.systemd.enable-task-metrics
    collector.systemd.unit-exclude collector.systemd.unit-include collector.tapestats
    collector.tapestats.ignored-devices collector.tcpstat collector.textfile collector.textfile.directory
    collector.thermal_zone collector.time collector.timex collector.udp_queues collector.uname collector.vmstat
    collector.vmstat.fields collector.watchdog collector.wifi collector.wifi.fixtures collector.xfrm
    collector.xfs collector.zfs collector.zoneinfo h help help-long log.format log.level path.procfs path.rootfs
    path.sysfs path.udev.data runtime.gomaxprocs version web.config.file web.disable-exporter-metrics
    web.listen-address web.max-requests web.systemd-socket web.telemetry-path
  `,
};

/** The flags that a program has; `undefined` for programs whose flags are not listed. */
export function flagsOf(program: string): readonly string[] | undefined {
  return FLAGS[program]?.trim().split(/\s+/);
}
