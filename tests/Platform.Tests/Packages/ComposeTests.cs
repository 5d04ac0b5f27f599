using Gateway.Cli.Tests;
using Gateway.Testing;
using YamlDotNet.RepresentationModel;

namespace Gateway.Platform.Tests.Packages;

public sealed class ComposeTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy", "compose");
    private static readonly YamlMappingNode File = Read();

    [ProgramFact("docker-compose", "docker-compose")]
    public async Task Compose_AcceptsTheFile() =>
        await Programs.OutputAsync(Folder, ["docker-compose", "--file", "compose.yaml", "config", "--quiet"]);

    [Fact]
    public async Task Gateway_IsGivenSettingsThatItKnows_AndKeysByFilesAlone()
    {
        using var folder = new CommandFolder();
        var secrets = Directory.CreateDirectory(folder.FileOf("secrets")).FullName;
        foreach (var key in folder.Settings.Keys.Where(name => !name.Contains("__", StringComparison.Ordinal)).ToList())
        {
            await System.IO.File.WriteAllTextAsync(Path.Combine(secrets, key.ToLowerInvariant()), folder.Settings[key]);
            folder.Settings.Remove(key);
        }

        await System.IO.File.WriteAllTextAsync(Path.Combine(secrets, "redis_password"), "one");
        await System.IO.File.WriteAllTextAsync(Path.Combine(secrets, "postgres_password"), "two");
        foreach (var (name, value) in (YamlMappingNode)Of("gateway")["environment"])
        {
            folder.Settings[name.ToString()] = value
                .ToString()
                .Replace("/run/secrets", secrets, StringComparison.Ordinal)
                .Replace("/etc/gateway/governance", folder.Governance, StringComparison.Ordinal)
                .Replace("${GATEWAY_AUTHORITY:-127.0.0.1:8080}", "127.0.0.1:8080", StringComparison.Ordinal);
        }

        Assert.Equal(6, folder.Settings.Keys.Count(name => name.EndsWith("_FILE", StringComparison.Ordinal)));
        (await folder.RunAsync("config check")).Ended(0);

        folder.Settings["Gateway__State__Kindd"] = "redis"; // That the check looks at what it is given.
        (await folder.RunAsync("config check")).Ended(6);
    }

    [Fact]
    public void Redis_ForgetsNothing_AndIsReachedByContainersAlone()
    {
        Assert.Contains("--maxmemory-policy noeviction", Of("redis")["command"].ToString(), StringComparison.Ordinal);
        Assert.False(Of("redis").Children.ContainsKey("ports") || Of("postgres").Children.ContainsKey("ports"));
        Assert.Equal("true", File["networks"]["state"]["internal"].ToString());
    }

    [Fact]
    public void Ports_OfTheMachine_AreItsOwnOnly()
    {
        var published = Services()
            .Where(service => service.Children.ContainsKey("ports"))
            .SelectMany(service => (YamlSequenceNode)service["ports"]);
        Assert.All(published, port => Assert.StartsWith("127.0.0.1:", port.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Files_ThatAreMounted_AreInTheRepository()
    {
        var mounted = Services()
            .Where(service => service.Children.ContainsKey("volumes"))
            .SelectMany(service => (YamlSequenceNode)service["volumes"])
            .Select(volume => volume.ToString().Split(':')[0])
            .Where(path => path.StartsWith('.'))
            .ToList();
        Assert.Contains("../../charts/gateway/files/dashboards", mounted);
        Assert.All(mounted, path => Assert.True(Path.Exists(Path.Combine(Folder, path)), path));
    }

    private static YamlMappingNode Of(string service) => (YamlMappingNode)File["services"][service];

    private static IEnumerable<YamlMappingNode> Services() => ((YamlMappingNode)File["services"]).Children.Values.Cast<YamlMappingNode>();

    private static YamlMappingNode Read()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(System.IO.File.ReadAllText(Path.Combine(Folder, "compose.yaml"))));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }
}
