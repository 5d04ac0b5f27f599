using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Platform.Tests.Charts;
using Gateway.Proxy.Tests.Documentation;
using Gateway.Testing;

namespace Gateway.Platform.Tests.Production;

/// <summary>
/// docs/production.md, gone through from its first command to its last in one folder: with the chart, a real Helm, a real PostgreSQL and
/// the sample's documents. What needs a cluster is marked text there, and isn't run.
/// </summary>
public sealed partial class ProductionPageTests : IDisposable
{
    private const string Page = "docs/production.md";
    private const string Database = "gateway";

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChartFact]
    public async Task Every_command_that_needs_no_cluster_runs_in_the_pages_order()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await postgres.ExecuteAsync($"CREATE DATABASE {Database}");
        Prepare();
        var blocks = MarkdownPages.BlocksOf(Page).Where(block => block.Language == "sh").Select(block => block.Text).ToList();

        foreach (var block in blocks)
        {
            var (exit, output) = await RunAsync(block, postgres);
            Assert.True(exit == 0, $"{exit} from\n{block}\n{output}");
        }

        Assert.True(blocks.Count >= 4, "the page has lost its commands");
        var rendered = await File.ReadAllTextAsync(_folder.File("rendered.yaml"));
        Assert.Contains("kind: StatefulSet", rendered, StringComparison.Ordinal);
        var page = MarkdownPages.Read(Page);
        var needed = Needed().Matches(rendered).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.True(needed.Count >= 7, string.Join(' ', needed));
        Assert.All(
            needed,
            name => Assert.Matches($@"create secret (generic|tls) {name} |kind: PersistentVolumeClaim\nmetadata: \{{name: {name},", page)
        );
        Assert.True(new FileInfo(_folder.File("gateway.dump")).Length > 0);
    }

    [Fact]
    public void Commands_of_helm_and_kubectl_on_a_cluster_are_marked_as_not_run() =>
        Assert.All(
            MarkdownPages.BlocksOf(Page).Where(block => block.Language == "sh"),
            block => Assert.DoesNotMatch("(?m)^(kubectl|helm (install|upgrade|test|rollback)|curl) ", block.Text)
        );

    /// <summary>What a pod waits for, or an ingress goes without, until somebody makes it.</summary>
    [GeneratedRegex(@"(?:secretName|claimName): ([a-z0-9-]+)")]
    private static partial Regex Needed();

    /// <summary>What the page takes for granted: a checkout's chart, and documents.</summary>
    private void Prepare()
    {
        File.CreateSymbolicLink(_folder.File("charts"), Path.Combine(Repository.Root, "charts"));
        var governance = Directory.CreateDirectory(_folder.File("governance")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples", "governance"), "*.yaml"))
        {
            File.Copy(file, Path.Combine(governance, Path.GetFileName(file)));
        }

        Directory.CreateDirectory(_folder.File("bin"));
        File.CreateSymbolicLink(_folder.File("bin/helm"), ChartTools.PathOf("helm4"));
    }

    private async Task<(int Exit, string Output)> RunAsync(string script, PostgresServer postgres)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", $"exec 2>&1; {script}"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{_folder.File("bin")}:{GatewayProgram.Folder}:{PostgresServer.Programs}:{start.Environment["PATH"]}";
        start.Environment["HELM_CACHE_HOME"] =
            start.Environment["HELM_CONFIG_HOME"] =
            start.Environment["HELM_DATA_HOME"] =
                _folder.File("helm");
        start.Environment["PGHOST"] = Path.GetDirectoryName(postgres.Data);
        start.Environment["PGPORT"] = postgres.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = "postgres";
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("Gateway__", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
