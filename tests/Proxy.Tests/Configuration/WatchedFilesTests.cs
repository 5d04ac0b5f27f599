using Gateway.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace Gateway.Proxy.Tests.Configuration;

public sealed class WatchedFilesTests
{
    [Fact]
    public async Task SettingsFiles_AreNotWatched_SinceTheirFolderMayHoldTheJournal()
    {
        using var data = new TemporaryDirectory();
        await using var app = Program.Check([
            "--environment=Development",
            $"--Gateway:Data:Path={data.Path}",
            $"--Gateway:Governance:Path={Path.Combine(Repository.Root, "samples", "governance")}",
        ]);
        var files = ((IConfigurationRoot)app.Configuration).Providers.OfType<JsonConfigurationProvider>().ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.False(file.Source.ReloadOnChange));
    }
}
