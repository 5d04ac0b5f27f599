using System.Text.Json.Nodes;

namespace Gateway.Platform.Tests.Charts;

/// <summary>That the checkers of the manifests find mistakes: each here is made in what the chart renders, and must be refused.</summary>
public sealed class MutationTests
{
    /// <summary>Kind, a path in its first object, and what stands there then; null removes it.</summary>
    private static readonly (string Kind, string Path, string? Value)[] Mutations =
    [
        ("StatefulSet", "spec/selector", null),
        ("StatefulSet", "spec/serviceNam", "\"gw\""),
        ("StatefulSet", "spec/replicas", "\"two\""),
        ("StatefulSet", "spec/podManagementPolicy", "7"),
        ("StatefulSet", "spec/template/spec/containers/0/name", null),
        ("StatefulSet", "spec/template/spec/containers/0/livenessProbe/httpGet/port", null),
        ("StatefulSet", "spec/template/spec/containers/0/livenessProbe/timeout", "5"),
        ("StatefulSet", "spec/template/spec/containers/0/ports/0/containerPort", null),
        ("StatefulSet", "spec/template/spec/containers/0/resources/limit", "{}"),
        ("StatefulSet", "spec/template/spec/containers/0/resources/limits/memory", "\"512 megabytes\""),
        ("StatefulSet", "spec/template/spec/containers/0/securityContext/readOnlyRoot", "true"),
        ("StatefulSet", "spec/template/spec/containers/0/env/0/name", null),
        ("StatefulSet", "spec/template/spec/containers/0/volumeMounts/0/mountPath", null),
        ("StatefulSet", "spec/template/spec/securityContext/runAsUser", "\"me\""),
        ("StatefulSet", "spec/template/spec/securityContext/seccompProfile/type", null),
        ("StatefulSet", "spec/template/spec/terminationGracePeriodSeconds", "\"55s\""),
        ("StatefulSet", "spec/template/spec/topologySpreadConstraints/0/whenUnsatisfiable", null),
        ("StatefulSet", "spec/template/spec/volumes/0/name", null),
        ("StatefulSet", "spec/persistentVolumeClaimRetention", "{}"),
        ("StatefulSet", "spec/volumeClaimTemplates/0/spec/accessModes", "\"ReadWriteOnce\""),
        ("Service", "spec/ports/0/port", null),
        ("Service", "spec/selectors", "{}"),
        ("Ingress", "spec/rules/0/http/paths/0/pathType", null),
        ("Ingress", "spec/rules/0/http/paths/0/backend/service/name", null),
        ("NetworkPolicy", "spec/podSelector", "[]"),
        ("NetworkPolicy", "spec/ingres", "[]"),
        ("PodDisruptionBudget", "spec/maxUnavailables", "1"),
        ("Job", "spec/template", null),
        ("Job", "spec/backoffLimit", "\"one\""),
        ("Pod", "spec/containers", null),
        ("ConfigMap", "data/appsettings.json", "{}"),
        ("ServiceAccount", "automountToken", "false"),
        ("HTTPRoute", "spec/rules/0/backendRefs/0/name", null),
        ("ServiceMonitor", "spec/selector", null),
        ("ServiceMonitor", "spec/endpoints", "{}"),
    ];

    [ChartFact]
    public async Task Mistakes_InWhatIsRendered_AreAllCaught()
    {
        var rendering = (await Rendering.OfCaseAsync("production")).Made();

        var found = await Checkers.ProblemsAsync([.. Mutations.Select(one => Made(rendering, one.Kind, one.Path, one.Value))]);

        Assert.All(
            Mutations.Zip(found),
            one => Assert.True(one.Second.Count > 0, $"nobody saw {one.First.Path} of {one.First.Kind} as {one.First.Value ?? "missing"}")
        );
    }

    private static string Made(Rendering rendering, string kind, string path, string? value)
    {
        var mutant = rendering.All(kind).First().DeepClone();
        var names = path.Split('/');
        var at = names[..^1].Aggregate(mutant, (node, name) => int.TryParse(name, out var i) ? node[i]! : node[name]!);
        if (value is not null)
        {
            at[names[^1]] = JsonNode.Parse(value);
        }
        else
        {
            Assert.True(at.AsObject().Remove(names[^1]), $"{kind} has no {path}");
        }

        return $"apiVersion: {mutant["apiVersion"]}\nkind: {kind}\n{Rest(mutant)}";
    }

    /// <summary>JSON is YAML; but the readers look for the kind first.</summary>
    private static string Rest(JsonNode mutant) =>
        string.Join(
            '\n',
            mutant
                .AsObject()
                .Where(part => part.Key is not ("apiVersion" or "kind"))
                .Select(part => $"{part.Key}: {part.Value?.ToJsonString()}")
        );
}
