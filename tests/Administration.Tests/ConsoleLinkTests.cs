using Gateway.Proxy.Configuration;

namespace Gateway.Administration.Tests;

/// <summary>One setting says where people approve, and whoever is refused is sent there.</summary>
public sealed class ConsoleLinkTests
{
    [Fact]
    public async Task Refusal_links_to_the_listener_on_this_machine_where_nobody_said_how_it_is_reached()
    {
        await using var running = await RunningAdministration.StartAsync();

        Assert.Contains($"{running.Address}console/approvals/apr_", await AskAsync(running), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--Gateway:Administration:Urls=")] // Another instance serves them.
    public async Task Refusal_links_to_where_people_reach_it(params string[] settings)
    {
        await using var running = await RunningAdministration.StartAsync(
            RunningAdministration.Documents,
            ["--Gateway:Administration:PublicUrl=https://gateway.example:8090/", .. settings]
        );

        Assert.Contains("https://gateway.example:8090/console/approvals/apr_", await AskAsync(running), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_names_the_command_alone_where_there_is_no_page()
    {
        await using var running = await RunningAdministration.StartAsync(RunningAdministration.Documents, "--Gateway:Administration:Urls=");

        var refusal = await AskAsync(running);

        Assert.DoesNotContain("/console/", refusal, StringComparison.Ordinal);
        Assert.Contains("gateway approvals show apr_", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gateway.example")]
    [InlineData("http://gateway.example")]
    [InlineData("https://gateway.example/path")]
    [InlineData("https://u:p@gateway.example")]
    [InlineData("https://gateway.example/?q=1")]
    [InlineData("javascript:alert(1)")]
    public async Task Address_that_nobody_could_be_sent_to_stops_the_start(string address)
    {
        var problem = await Assert.ThrowsAsync<ConfigurationException>(() =>
            RunningAdministration.StartAsync(
                RunningAdministration.Documents,
                $"--Gateway:Administration:PublicUrl={address}",
                "--Gateway:Administration:Urls="
            )
        );

        Assert.Contains("Gateway:Administration:PublicUrl", problem.Message, StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(RunningAdministration running)
    {
        var signer = await running.Gateway.NewSignerAsync("payer");
        using var refused = await running.Gateway.SendSignedAsync(
            signer,
            () => running.Gateway.Request(HttpMethod.Post, "/tools/bank/refunds", "{}")
        );
        return await refused.Content.ReadAsStringAsync();
    }
}
