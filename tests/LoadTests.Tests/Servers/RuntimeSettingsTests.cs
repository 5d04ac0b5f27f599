using System.Text.Json.Nodes;

namespace Gateway.LoadTests.Tests.Servers;

public sealed class RuntimeSettingsTests
{
    [Fact]
    public void The_bare_proxy_runs_with_the_settings_of_dotnet_that_the_command_has() =>
        Assert.Equal(SettingsOf("gateway"), SettingsOf("Gateway.LoadTests"));

    [Fact]
    public void Calls_are_counted_although_there_is_always_a_new_method_under_load() =>
        Assert.Equal("1", SettingsOf("gateway")["System.Runtime.TieredCompilation.CallCountingDelayMs"]);

    /// <summary>As they stand beside the program, but for its name.</summary>
    private static SortedDictionary<string, string> SettingsOf(string program)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{program}.runtimeconfig.json");
        var properties = JsonNode.Parse(File.ReadAllText(file))!["runtimeOptions"]!["configProperties"]!.AsObject();
        return new(
            properties
                .Where(property => property.Key != "System.CommandLine.ExecutableName")
                .ToDictionary(property => property.Key, property => property.Value!.ToJsonString())
        );
    }
}
