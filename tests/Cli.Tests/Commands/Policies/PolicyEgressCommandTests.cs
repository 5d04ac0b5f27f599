namespace Gateway.Cli.Tests.Commands.Policies;

public sealed class PolicyEgressCommandTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("policy egress --json")]
    [InlineData("policy egress governance --json")]
    public async Task Each_host_and_port_stands_once_with_everything_that_needs_it(string command)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Governance, "more.yaml"), More);

        var data = (await _folder.RunAsync(command)).Ended(0).Data();

        var found = data.GetProperty("egress")
            .EnumerateArray()
            .Select(one =>
                $"{one.GetProperty("host").GetString()}:{one.GetProperty("port").GetInt32()} "
                + string.Join(", ", one.GetProperty("sources").EnumerateArray().Select(source => source.GetString()))
            )
            .ToList();
        Assert.Equal(
            [
                "127.0.0.1:8081 connector demo/anthropic, connector demo/crm, connector demo/openai",
                "api.example.com:443 channel demo/hook, connector demo/shop",
                "eu.example.com:8443 connector demo/shop",
                "mail.example.com:587 channel demo/mail",
            ],
            found
        );
        Assert.Equal(["channel demo/chat"], data.GetProperty("secret_addresses").EnumerateArray().Select(one => one.GetString()));
    }

    [Fact]
    public async Task Documents_with_errors_give_no_list_that_would_be_too_short()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Governance, "broken.yaml"), "kind: [");
        var run = (await _folder.RunAsync("policy egress")).Ended(6);
        Assert.Contains("broken.yaml", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private const string More = """
        apiVersion: gateway/v1
        kind: Connector
        metadata: {tenant: demo, name: shop}
        spec:
          type: http
          baseAddress: https://api.example.com
          egress: [api.example.com:443, eu.example.com:8443]
          scope: external
          operations:
            - {name: read, action: read, risk: low, methods: [GET], path: /orders, reversible: true}
        ---
        apiVersion: gateway/v1
        kind: NotificationChannel
        metadata: {tenant: demo, name: hook}
        spec: {type: webhook, url: https://api.example.com/in, secrets: ['vault://local/hook#key'], events: [approval_asked]}
        ---
        apiVersion: gateway/v1
        kind: NotificationChannel
        metadata: {tenant: demo, name: chat}
        spec: {type: slack, url: 'vault://local/slack#url', events: [approval_asked]}
        ---
        apiVersion: gateway/v1
        kind: NotificationChannel
        metadata: {tenant: demo, name: mail}
        spec:
          type: email
          smtp: {host: mail.example.com, from: gateway@example.com}
          to: [people@example.com]
          events: [approval_asked]
        """;
}
