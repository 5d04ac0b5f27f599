namespace Gateway.Platform.Tests.Charts;

/// <summary>What helm prints behind an installation: the commands to go on with, and what is left open.</summary>
public sealed class NotesTests
{
    [ChartFact]
    public async Task Notes_HaveTheCommandsForKeysGovernanceFirstCredentialAndFirstCall()
    {
        var notes = await NotesAsync("defaults");

        Assert.All(
            [
                "docker run --rm gateway:0",
                "kubectl create secret generic gw-gateway-keys -n agents --from-env-file=gateway.env",
                "--set-file 'governance.documents.acme",
                "agents credentials create --tenant TENANT --agent AGENT --kind bearer",
                "vault put --tenant TENANT",
                "curl http://127.0.0.1:8080/v1/chat/completions -H 'Host: gw-gateway'",
                "operators setup",
                "helm test gw -n agents",
            ],
            line => Assert.Contains(line, notes, StringComparison.Ordinal)
        );
    }

    [ChartFact]
    public async Task Notes_WarnOfWhatIsMissing()
    {
        Assert.Contains("WARNING: no TLS in front", await NotesAsync("defaults"), StringComparison.Ordinal);
        Assert.Contains("WARNING: no persistence", await NotesAsync("hpa"), StringComparison.Ordinal);
        Assert.Contains("WARNING: networkPolicy.egress.hosts is empty", await NotesAsync("gitsync-https"), StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", await NotesAsync("production"), StringComparison.Ordinal);
    }

    /// <summary>Helm 3 wants a cluster for this; both render them with all else, and would fail together with it.</summary>
    private static async Task<string> NotesAsync(string @case)
    {
        var (exit, output, error) = await ChartTools.RunAsync(
            ChartTools.PathOf("helm4"),
            ["install", "gw", ChartTools.Chart, "-n", Rendering.Namespace, "--dry-run=client", "-f", Rendering.FileOf(@case)]
        );
        Assert.True(exit == 0, error);
        return output[output.IndexOf("NOTES:", StringComparison.Ordinal)..];
    }
}
