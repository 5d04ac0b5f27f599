using Gateway.Testing;

namespace Gateway.Platform.Tests.Packages;

public sealed class DebianPackageTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [ProgramFact("dpkg-deb", "dpkg")]
    public async Task Package_HasItsFilesWhereDebianLooksForThem_AllOfThemRootsOwn()
    {
        var listing = (await Programs.OutputAsync(_folder.Path, ["dpkg-deb", "-c", await BuildAsync("one")])).Split('\n');
        foreach (
            var expected in new[]
            {
                "-rwxr-xr-x root/root ./usr/lib/gateway/gateway",
                "-rwxr-xr-x root/root ./usr/sbin/gateway-instance",
                "-rw-r--r-- root/root ./usr/lib/systemd/system/gateway.service",
                "-rw-r--r-- root/root ./usr/lib/gateway/gateway.cdx.json",
                "-rw-r--r-- root/root ./etc/gateway/appsettings.json",
                "-rw-r--r-- root/root ./usr/share/doc/gateway/copyright",
            }
        )
        {
            Assert.Contains(expected, listing.Select(Short));
        }

        Assert.Contains(listing, line => line.EndsWith("./usr/bin/gateway -> ../lib/gateway/gateway", StringComparison.Ordinal));
        Assert.All(listing.Where(line => line.Length > 0), line => Assert.Contains(" root/root ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(listing, line => line.Contains(".key", StringComparison.Ordinal)); // It brings no key: those are made.
    }

    [ProgramFact("dpkg-deb", "dpkg")]
    public async Task Package_LeavesWhatPeopleChangedUnderEtcAsItIs()
    {
        var package = await BuildAsync("one");
        await Programs.OutputAsync(_folder.Path, ["dpkg-deb", "-e", package, "control"]);
        await Programs.OutputAsync(_folder.Path, ["dpkg-deb", "-x", package, "content"]);
        var etc = Directory
            .EnumerateFiles(_folder.File("content/etc"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_folder.File("content"), path))
            .Select(path => "/" + path);
        Assert.Equal((await File.ReadAllLinesAsync(_folder.File("control/conffiles"))).Order(), etc.Order());
    }

    [ProgramFact("dpkg-deb", "dpkg")]
    public async Task Package_OfAPreRelease_IsOlderThanItsRelease()
    {
        var version = (await Programs.OutputAsync(_folder.Path, ["dpkg-deb", "-f", await BuildAsync("one"), "Version"])).Trim();
        await Programs.OutputAsync(_folder.Path, ["dpkg", "--compare-versions", "1.2.3~alpha.0.4", "eq", version]);
        await Programs.OutputAsync(_folder.Path, ["dpkg", "--compare-versions", version, "lt", "1.2.3"]);
    }

    [ProgramFact("dpkg-deb", "dpkg")]
    public async Task Package_OfTheSameFiles_IsTheSameBytes()
    {
        var (one, two) = (await BuildAsync("one"), await BuildAsync("two"));
        Assert.NotEqual(one, two);
        Assert.Equal(await File.ReadAllBytesAsync(one), await File.ReadAllBytesAsync(two));
    }

    [ProgramFact("dpkg-deb", "dpkg")]
    public async Task Scripts_OfThePackage_StartNothingWithoutKeys_AndKeepWhatIsEvidence()
    {
        await Programs.OutputAsync(_folder.Path, ["dpkg-deb", "-e", await BuildAsync("one"), "control"]);
        foreach (var script in new[] { "postinst", "prerm", "postrm" })
        {
            await Programs.OutputAsync(_folder.Path, ["sh", "-n", "control/" + script]);
            var text = await File.ReadAllTextAsync(_folder.File("control/" + script));
            Assert.DoesNotMatch(@"(?m)^\s*systemctl (enable|start|restart)", text);
            Assert.DoesNotContain("rm -", text, StringComparison.Ordinal);
        }
    }

    /// <summary>A package of what was published into a folder of that name: as much of it as the script asks for.</summary>
    private async Task<string> BuildAsync(string name)
    {
        var published = Directory.CreateDirectory(_folder.File(name + "-published")).FullName;
        await File.WriteAllTextAsync(Path.Combine(published, "gateway"), "#!/bin/sh\n");
        await File.WriteAllTextAsync(
            Path.Combine(published, "gateway.cdx.json"),
            """{"metadata":{"component":{"version":"1.2.3-alpha.0.4"}}}"""
        );
        await File.WriteAllTextAsync(Path.Combine(published, "LICENSE"), "");
        await File.WriteAllTextAsync(Path.Combine(published, "NOTICE"), "");
        return (await Programs.OutputAsync(Repository.Root, ["bash", "scripts/deb.sh", "x64", published, _folder.File(name)])).Trim();
    }

    private static string Short(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var mode, var owner, .., var path] ? $"{mode} {owner} {path}" : "";
}
