using System.Text.Json.Nodes;

namespace Gateway.Platform.Tests.Charts;

/// <summary>Kubernetes' Pod Security Standard <c>restricted</c>, and a root file system that can't be written.</summary>
internal static class PodSecurity
{
    private static readonly string[] VolumeKinds =
    [
        "configMap",
        "csi",
        "downwardAPI",
        "emptyDir",
        "ephemeral",
        "persistentVolumeClaim",
        "projected",
        "secret",
    ];
    private static readonly string[] OfTheHost = ["hostNetwork", "hostPID", "hostIPC"];

    public static IEnumerable<string> Problems(string name, JsonNode pod)
    {
        var problems = new List<string>();
        void Hold(bool holds, string what)
        {
            if (!holds)
            {
                problems.Add($"{name}: {what}");
            }
        }

        Hold(OfTheHost.All(part => pod[part] is null), "uses its host's network, processes or memory");
        Hold(Is(pod, "seccompProfile", "RuntimeDefault"), "has no seccomp profile");
        Hold(pod["automountServiceAccountToken"] is { } token && !token.GetValue<bool>(), "has the service account's token");
        Hold(pod["securityContext"]!["runAsUser"]?.GetValue<decimal>() != 0, "runs as root");
        foreach (var volume in pod["volumes"]?.AsArray() ?? [])
        {
            Hold(volume!.AsObject().All(part => part.Key == "name" || VolumeKinds.Contains(part.Key)), $"mounts {volume}");
        }

        foreach (
            var container in ((JsonArray?[])[pod["initContainers"]?.AsArray(), pod["containers"]?.AsArray()]).SelectMany(each => each ?? [])
        )
        {
            var (who, context) = (container!["name"], container["securityContext"]);
            Hold(Says(context, "runAsNonRoot", true) || Says(pod["securityContext"], "runAsNonRoot", true), $"{who} may run as root");
            Hold(Says(context, "allowPrivilegeEscalation", false), $"{who} may gain privileges");
            Hold(Says(context, "privileged", true) is false, $"{who} is privileged");
            Hold(
                $"{container["image"]}".StartsWith("registry.example.com/vault", StringComparison.Ordinal)
                    || Says(context, "readOnlyRootFilesystem", true),
                $"{who} can write its root"
            );
            Hold(context?["capabilities"]?["drop"]?.AsArray().Any(one => $"{one}" == "ALL") is true, $"{who} keeps capabilities");
            Hold(context?["capabilities"]?["add"] is null, $"{who} adds capabilities");
            Hold(container["ports"]?.AsArray().All(port => port!["hostPort"] is null) is not false, $"{who} takes a port of its host");
        }

        return problems;
    }

    private static bool Says(JsonNode? context, string part, bool wanted) =>
        context?[part] is { } value && value.GetValue<bool>() == wanted;

    private static bool Is(JsonNode pod, string part, string type) => $"{pod["securityContext"]?[part]?["type"]}" == type;
}
