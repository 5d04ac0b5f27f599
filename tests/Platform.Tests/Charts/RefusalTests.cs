namespace Gateway.Platform.Tests.Charts;

/// <summary>What can't work isn't rendered, and all reasons are said at once.</summary>
public sealed class RefusalTests
{
    [ChartFact]
    public async Task SeveralReplicas_NeedRedisPostgresAndASharedVault_AllSaidAtOnce() =>
        await RefusedAsync("replicaCount: 3", "need Redis", "need PostgreSQL", "need secrets that all can read");

    [ChartFact]
    public async Task ReplicasThatFollowTheLoad_NeedTheSame() =>
        await RefusedAsync("autoscaling: {enabled: true}", "need Redis", "need PostgreSQL", "need secrets that all can read");

    [ChartFact]
    public async Task EachOfTheThree_IsNeededByItself()
    {
        const string redis = "redis: {endpoints: ['redis.data.svc:6379']}\n";
        const string postgres = "postgres: {host: postgres.data.svc, tls: {enabled: true}}\n";
        const string vault = "vault: {secrets: {acme: acme-providers}}\n";

        await RefusedAsync("replicaCount: 2\n" + postgres + vault, "need Redis");
        await RefusedAsync("replicaCount: 2\n" + redis + vault, "need PostgreSQL");
        await RefusedAsync("replicaCount: 2\n" + redis + postgres, "need secrets");
        (await Rendering.WithAsync("defaults", "replicaCount: 2\n" + redis + postgres + vault)).Made();
    }

    [ChartFact]
    public async Task SeveralReplicas_TakeNoDocumentWithASecretOfTheLocalVault() =>
        await RefusedAsync(
            """
            replicaCount: 2
            governance:
              documents:
                a.yaml: |
                  apiVersion: gateway/v1
                  kind: Connector
                  metadata: {name: a}
                  spec: {credential: {reference: 'vault://local/a'}}
            """,
            "vault://local/"
        );

    [ChartFact]
    public async Task ServersThatSentinelsOrAClusterName_NeedTheirPortsOpened()
    {
        const string watched = "redis: {endpoints: ['s.redis.data.svc:26379'], sentinel: gateway";

        await RefusedAsync(watched + "}", "redis.ports: sentinels and clusters name servers at other ports");
        (await Rendering.WithAsync("defaults", watched + ", ports: [6379]}")).Made();
    }

    [ChartFact]
    public async Task Variables_ThatRunOtherCodeOrOpenItsMemory_AreRefused() =>
        await RefusedAsync(
            "extraEnv: [{name: DOTNET_STARTUP_HOOKS, value: a}, {name: DOTNET_EnableDiagnostics_IPC, value: '1'}]",
            "extraEnv: DOTNET_STARTUP_HOOKS",
            "extraEnv: DOTNET_EnableDiagnostics_IPC"
        );

    [ChartFact]
    public async Task AnnotationOfTheSettings_IsTheChartsOwn() =>
        await RefusedAsync("podAnnotations: {gateway/settings: '{}'}", "podAnnotations: gateway/settings");

    [ChartFact]
    public async Task UnknownSettings_AreRefusedWithTheNearestName() =>
        await RefusedAsync(
            "settings: {Gateway: {Stat: {}, State: {Deadlin: '00:00:01'}, Data: {Path: /tmp}, FrontDoor: {drain: '00:00:01'}}}",
            "settings.Gateway.Stat: there is no such section. Did you mean State?",
            "settings.Gateway.State.Deadlin: there is no such setting. Did you mean State.Deadline?",
            "settings.Gateway.Data.Path: is what persistence sets.",
            "settings.Gateway.FrontDoor.drain: there is no such setting. Did you mean FrontDoor.Drain?"
        );

    [ChartFact]
    public async Task WhatChangesNothing_IsRefusedTogether() =>
        await RefusedAsync(
            """
            redis: {user: a, tls: {clientCertificate: true}}
            postgres: {port: 1}
            autoscaling: {maxReplicas: 9}
            journal: {keepLocal: '1.00:00:00'}
            """,
            "redis.user",
            "redis.tls.clientCertificate",
            "postgres.port",
            "autoscaling.maxReplicas",
            "journal.keepLocal"
        );

    [ChartFact]
    public async Task ChoicesThatExcludeEachOther_AreRefusedTogether() =>
        await RefusedAsync(
            """
            governance: {existingConfigMap: a, volume: {emptyDir: {}}, gitSync: {repository: 'https://git.example', existingSecret: a}}
            redis: {endpoints: ['a:1'], cluster: true, sentinel: a}
            postgres: {host: a, parameters: {Password: a}}
            vault: {secrets: {acme: a}, volume: {emptyDir: {}}}
            administration: {tlsSecret: a, tlsProxies: [10.0.0.0/8]}
            metrics: {serviceMonitor: {enabled: true}, podMonitor: {enabled: true}}
            ingress: {enabled: true}
            httpRoute: {enabled: true}
            podLabels: {app.kubernetes.io/name: a}
            extraEnv: [{name: Gateway__Data__Path, value: /tmp}, {name: MASTER_KEY, value: a}]
            """,
            "only one of them can be where the documents are",
            "governance.gitSync.auth",
            "a cluster has no sentinels",
            "postgres.tls.enabled",
            "postgres.parameters.Password",
            "vault.secrets, vault.volume",
            "administration.tlsSecret, administration.tlsProxies",
            "everything would be counted twice",
            "ingress.hosts",
            "httpRoute.hostnames",
            "httpRoute.parentRefs",
            "podLabels: app.kubernetes.io/name",
            "extraEnv: Gateway__Data__Path",
            "extraEnv: MASTER_KEY"
        );

    [ChartFact]
    public async Task Documents_ThatAreNoYaml_OrTooMany_AreRefused() =>
        await RefusedAsync(
            $"governance: {{documents: {{a.yaml: 'kind: [', b.yaml: '# {new string('x', 1_000_001)}', c__d.yaml: ''}}}}",
            "'a.yaml' is no YAML",
            "don't go into a ConfigMap",
            "two underscores"
        );

    private static async Task RefusedAsync(string values, params IReadOnlyList<string> reasons)
    {
        foreach (var helm in ChartTools.Helms)
        {
            var rendering = await Rendering.WithAsync("defaults", values, helm);

            Assert.NotEqual(0, rendering.Exit);
            Assert.Empty(rendering.Text);
            Assert.All(reasons, reason => Assert.Contains(reason, rendering.Error, StringComparison.Ordinal));
        }
    }
}
