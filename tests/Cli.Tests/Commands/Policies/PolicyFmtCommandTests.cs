using Gateway.Testing;

namespace Gateway.Cli.Tests.Commands.Policies;

public sealed class PolicyFmtCommandTests : IDisposable
{
    private const string Loose = "default_verdict:   block # why\nrules:\n- name:  r\n  effect: allow\n";
    private const string Tidy = "default_verdict: block # why\nrules:\n  - name: r\n    effect: allow\n";

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFile_IsWrittenOnce()
    {
        var file = await WriteAsync(Loose);
        var first = (await _folder.RunAsync("policy fmt rules.yaml --write --json")).Ended(0).Data();
        Assert.True(first.GetProperty("changed").GetBoolean());
        Assert.Equal(Tidy, await File.ReadAllTextAsync(file));
        var second = (await _folder.RunAsync("policy fmt rules.yaml --write --json")).Ended(0).Data();
        Assert.False(second.GetProperty("changed").GetBoolean());
    }

    [Fact]
    public async Task ACheckAndADiff_WriteNothing()
    {
        var file = await WriteAsync(Loose);
        (await _folder.RunAsync("policy fmt rules.yaml --check --json")).Ended(2).Envelope();
        Assert.Contains(
            "+default_verdict: block # why",
            (await _folder.RunAsync("policy fmt rules.yaml --diff")).Ended(0).Output,
            StringComparison.Ordinal
        );
        Assert.Equal(Loose, await File.ReadAllTextAsync(file));
        await File.WriteAllTextAsync(file, Tidy);
        (await _folder.RunAsync("policy fmt rules.yaml --check --diff")).Ended(0);
        (await _folder.RunAsync("policy fmt rules.yaml --check --write")).Ended(6);
    }

    [Fact]
    public async Task AFolder_KeepsItsRevision()
    {
        var before = (await _folder.RunAsync("policy validate governance --json")).Ended(0).Data().GetProperty("revision").GetString();
        foreach (var file in Directory.GetFiles(_folder.Governance))
        {
            await File.WriteAllTextAsync(
                file,
                (await File.ReadAllTextAsync(file))
                    .Replace(": ", ":   ", StringComparison.Ordinal)
                    .Replace("\n  ", "\n\n  ", StringComparison.Ordinal)
            );
        }

        Assert.True((await _folder.RunAsync("policy fmt governance --json")).Ended(0).Data().GetProperty("changed").GetBoolean());
        (await _folder.RunAsync("policy fmt governance --check")).Ended(0);
        Assert.Equal(
            before,
            (await _folder.RunAsync("policy validate governance --json")).Ended(0).Data().GetProperty("revision").GetString()
        );
    }

    [Fact]
    public async Task WhatCantBeFormatted_IsReportedAndLeftAlone_AndTheRestIsFormatted()
    {
        var good = Path.Combine(_folder.Governance, "good.yaml");
        var bad = Path.Combine(_folder.Governance, "bad.yaml");
        var binary = Path.Combine(_folder.Governance, "binary.yaml");
        await File.WriteAllTextAsync(good, "a:   1\n");
        await File.WriteAllTextAsync(bad, "a:   [x, # why\n  y]\n");
        await File.WriteAllBytesAsync(binary, [(byte)'a', (byte)':', (byte)' ', 0xff, (byte)'\n']);
        var run = (await _folder.RunAsync("policy fmt governance")).Ended(6);
        Assert.Contains("bad.yaml:1:1", run.Error, StringComparison.Ordinal);
        Assert.Contains("binary.yaml", run.Error, StringComparison.Ordinal);
        Assert.Equal(("a: 1\n", "a:   [x, # why\n  y]\n"), (await File.ReadAllTextAsync(good), await File.ReadAllTextAsync(bad)));
        Assert.Contains((byte)0xff, await File.ReadAllBytesAsync(binary));
    }

    [Fact]
    public async Task AFilesRights_StayAsTheyAre()
    {
        var file = await WriteAsync(Loose);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            (await _folder.RunAsync("policy fmt rules.yaml")).Ended(0);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(file));
        }
    }

    [SharedDataFact("gait/examples/policy/base_medium_risk.yaml")]
    public async Task APublishedPolicy_IsFormattedOnce()
    {
        await WriteAsync(await File.ReadAllTextAsync(Repository.Shared("gait/examples/policy/base_medium_risk.yaml")));
        (await _folder.RunAsync("policy fmt rules.yaml --write --json")).Ended(0);
        Assert.False((await _folder.RunAsync("policy fmt rules.yaml --write --json")).Ended(0).Data().GetProperty("changed").GetBoolean());
    }

    [Fact]
    public async Task Nothing_IsInvalidInput() => (await _folder.RunAsync("policy fmt nowhere --json")).Ended(6).Envelope();

    private async Task<string> WriteAsync(string text)
    {
        await File.WriteAllTextAsync(_folder.FileOf("rules.yaml"), text);
        return _folder.FileOf("rules.yaml");
    }
}
