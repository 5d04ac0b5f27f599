using System.Text.Json.Nodes;
using Gateway.Cli.Tests;
using Gateway.Connectors.Vaults;
using Gateway.Testing;

namespace Gateway.Platform.Tests.Charts;

/// <summary>
/// What a rendered pod finds on its disk and in its environment, laid out in a folder of this machine: settings and documents as they were
/// rendered, keys and certificates as an operator would have made them. All of the pod's paths lead into that folder.
/// </summary>
internal sealed class PodFiles : IDisposable
{
    private const string OtherDocuments = """
        apiVersion: gateway/v1
        kind: Tenant
        metadata: {name: default}
        spec: {}
        """;

    private readonly CommandFolder _command = CommandFolder.Empty();
    private readonly Rendering _rendering;
    private readonly JsonObject _annotations;

    public PodFiles(Rendering rendering, JsonNode pod)
    {
        _rendering = rendering;
        _annotations = pod.Parent!["metadata"]?["annotations"]?.AsObject() ?? [];
        var container = pod["containers"]![0]!;
        foreach (var mount in container["volumeMounts"]!.AsArray())
        {
            var volume = pod["volumes"]!.AsArray().SingleOrDefault(v => $"{v!["name"]}" == $"{mount!["name"]}");
            LayOut(volume, Directory.CreateDirectory(Here($"{mount!["mountPath"]}")).FullName);
        }

        foreach (var variable in container["env"]!.AsArray())
        {
            var other = variable!["valueFrom"]?["secretKeyRef"] is null ? "gw-gateway-0" : "authorization=secret";
            _command.Settings[$"{variable["name"]}"] = Here($"{variable["value"] ?? other}");
        }
    }

    public string Documents => Here("/etc/gateway/governance");

    public Task<CommandRun> RunAsync(string command) => _command.RunAsync(command);

    public void Dispose() => _command.Dispose();

    private string Here(string text) =>
        text.Replace("$(POD_NAME)", "gw-gateway-0", StringComparison.Ordinal) // As the kubelet does.
            .Replace("/etc/gateway", _command.FileOf("etc"), StringComparison.Ordinal)
            .Replace("/var/lib/gateway", _command.FileOf("lib"), StringComparison.Ordinal);

    private void LayOut(JsonNode? volume, string folder)
    {
        if (volume?["configMap"]?["name"] is { } name && _rendering.All("ConfigMap").Any(map => $"{map["metadata"]!["name"]}" == $"{name}"))
        {
            var texts = _rendering.The("ConfigMap", $"{name}")["data"]!.AsObject();
            var paths = volume["configMap"]!["items"]?.AsArray().ToDictionary(item => $"{item!["key"]}", item => $"{item!["path"]}");
            foreach (var (key, text) in texts)
            {
                Write(folder, paths?[key] ?? key, Here($"{text}"));
            }
        }
        else if (volume?["downwardAPI"]?["items"] is JsonArray items)
        {
            foreach (var item in items)
            {
                var field = $"{item!["fieldRef"]!["fieldPath"]}"; // metadata.annotations['key']
                Write(folder, $"{item["path"]}", Here($"{_annotations[field.Split('\'')[1]]}"));
            }
        }
        else if ($"{volume?["name"]}" == "governance")
        {
            var path = volume!["emptyDir"] is null ? "tenant.yaml" : "current/tenants/tenant.yaml";
            Write(folder, path, OtherDocuments);
        }
        else if (volume?["secret"] is { } secret)
        {
            LayOutSecret(secret, folder);
        }
    }

    private static void LayOutSecret(JsonNode secret, string folder)
    {
        using var certificates = new TemporaryDirectory();
        TestCertificates.Write(certificates.Path);
        var known = KeyGenerator.Generate().ToDictionary(key => key.Setting, key => key.Value.Reveal());
        known["MASTER_KEY"] = $"master:{Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32))}";
        known["ca.crt"] = File.ReadAllText(certificates.File("ca.pem"));
        known["tls.crt"] = File.ReadAllText(certificates.File("leaf.pem"));
        known["tls.key"] = File.ReadAllText(certificates.File("leaf.key"));
        foreach (var item in secret["items"]?.AsArray() ?? [])
        {
            Write(folder, $"{item!["path"]}", known.GetValueOrDefault($"{item["key"]}", "a password"));
        }
    }

    private static void Write(string folder, string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
