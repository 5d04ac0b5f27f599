using Gateway.Cli.Results;
using Gateway.Cli.Tests;

namespace Gateway.Platform.Tests.Packages;

public sealed class VersionTests
{
    [Fact]
    public async Task Version_OfACommitWithATag_IsTheTag_AndOfTheNextOneAPreRelease()
    {
        using var checkout = new Checkout();
        await checkout.GitAsync("init", "-q");
        await checkout.GitAsync("add", "-A");
        await checkout.GitAsync("commit", "-qm", "one");
        await checkout.GitAsync("tag", "v1.2.3");
        Assert.Equal("1.2.3+" + await checkout.GitAsync("rev-parse", "HEAD"), await Checkout.BuiltVersionAsync(checkout.Root));

        await checkout.GitAsync("commit", "--allow-empty", "-qm", "two");
        Assert.Equal("1.2.4-alpha.0.1+" + await checkout.GitAsync("rev-parse", "HEAD"), await Checkout.BuiltVersionAsync(checkout.Root));
    }

    [Fact]
    public async Task Version_OfAShallowCloneWithoutTags_IsAnAlphaOfNothing_AndTheBuildWorks()
    {
        using var checkout = new Checkout();
        await checkout.GitAsync("init", "-q");
        await checkout.GitAsync("add", "-A");
        await checkout.GitAsync("commit", "-qm", "one");
        await checkout.GitAsync("tag", "v1.2.3");
        await checkout.GitAsync("commit", "--allow-empty", "-qm", "two");
        await checkout.GitAsync("clone", "-q", "--depth", "1", "file://" + checkout.Root, "shallow");

        var shallow = Path.Combine(checkout.Root, "shallow");
        Assert.Equal("0.0.0-alpha.0+" + await checkout.GitAsync("rev-parse", "HEAD"), await Checkout.BuiltVersionAsync(shallow));
    }

    [Fact]
    public async Task Version_OfAnArchiveUnpackedInsideAnotherRepository_IsNotThatRepositorys()
    {
        using var checkout = new Checkout();
        await checkout.GitAsync("init", "-q");
        await checkout.GitAsync("add", "-A");
        await checkout.GitAsync("commit", "-qm", "one");
        await checkout.GitAsync("tag", "v9.9.9");
        var unpacked = Path.Combine(checkout.Root, "unpacked");
        Checkout.Fill(unpacked);

        Assert.Equal("0.0.0-alpha.0", await Checkout.BuiltVersionAsync(unpacked));
    }

    [Fact]
    public async Task Version_OfTheCommand_IsOneLineOfVersionCommitAndRuntime()
    {
        using var folder = CommandFolder.Empty();
        var run = (await folder.RunAsync("--version")).Ended(0);
        Assert.Matches(
            @"^gateway \d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?, commit ([0-9a-f]{40}|unknown), \.NET 10\.\d+\.\d+ linux-\w+\n$",
            run.Output
        );

        var data = (await folder.RunAsync("--version --json")).Ended(0).Data();
        Assert.Equal(
            run.Output.TrimEnd('\n'),
            new ProductVersion(
                data.GetProperty("version").GetString()!,
                data.GetProperty("commit").GetString()!,
                data.GetProperty("runtime").GetString()!
            ).ToString()
        );
    }

    [Fact]
    public void Commit_OfABuildWithoutGit_IsUnknown() =>
        Assert.Equal("gateway 0.0.0-alpha.0, commit unknown, .NET", ProductVersion.Read("0.0.0-alpha.0", ".NET").ToString());
}
