using System.Diagnostics;

namespace Gateway.Cli.Tests.Commands.Running;

public sealed class CompletionCommandTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("va", "vault")]
    [InlineData("run rec", "record")]
    [InlineData("verify --rep", "--replay")]
    [InlineData("keys ", "rotate")]
    public async Task InBash_AWordIsCompleted(string typed, string expected)
    {
        await File.WriteAllTextAsync(_folder.FileOf("gateway.bash"), (await _folder.RunAsync("completion bash")).Ended(0).Output);
        var line = "gateway " + typed;
        var words = string.Join(' ', line.Split(' ').Select(word => $"'{word}'"));
        var script =
            $"source gateway.bash; COMP_WORDS=({words}); COMP_CWORD={line.Split(' ').Length - 1}; COMP_LINE='{line}'; "
            + $"COMP_POINT={line.Length}; _gateway; printf '%s\\n' \"${{COMPREPLY[@]}}\"";

        var found = await BashAsync(script);
        Assert.Contains(expected, found);
        Assert.All(found, word => Assert.StartsWith(typed.Split(' ')[^1], word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zsh", "#compdef gateway")]
    [InlineData("fish", "complete -c gateway")]
    public async Task OtherShells_HaveTheirScripts(string shell, string expected) =>
        Assert.Contains(expected, (await _folder.RunAsync($"completion {shell}")).Ended(0).Output, StringComparison.Ordinal);

    [Fact]
    public async Task AnotherShell_IsRefused() => (await _folder.RunAsync("completion tcsh --json")).Ended(6).Envelope();

    private async Task<string[]> BashAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = _folder.Root, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{start.Environment["PATH"]}";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
