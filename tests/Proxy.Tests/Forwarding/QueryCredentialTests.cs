using System.Net;
using Gateway.Proxy.Tests.Attacks;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Proxy.Tests.Forwarding;

/// <summary>A credential that goes into the query, where it is part of the address that is sent to.</summary>
public sealed class QueryCredentialTests
{
    [Fact]
    public async Task A_credential_in_the_query_goes_out_and_into_no_log_however_much_is_logged()
    {
        await using var upstream = new ScriptedUpstream();
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(
            provider.Address,
            data: null,
            string.Join(
                "\n---\n",
                DoorDocuments.Agent("caller", "  bearerTools: true"),
                DoorDocuments.Permission("caller", "maps"),
                $$"""
                apiVersion: gateway/v1
                kind: Connector
                metadata: {tenant: demo, name: maps}
                spec:
                  type: http
                  baseAddress: {{upstream.Address}}
                  scope: internal
                  environment: development
                  credential: {reference: "vault://local/crm#token", placement: query, name: key}
                  operations:
                    - {name: find, action: read, risk: low, methods: [GET], path: /find}
                """
            ),
            "--Logging:LogLevel:Default=Trace",
            "--Logging:LogLevel:Microsoft.AspNetCore=Trace",
            "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Trace",
            "--Logging:LogLevel:Yarp=Trace"
        );
        using var logs = new CapturedLogs();
        gateway.Services.GetRequiredService<ILoggerFactory>().AddProvider(logs);
        var key = await gateway.NewBearerAsync("caller");
        var script = upstream.Expect("/find");

        var asWritten = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{gateway.Address}tools/maps/find?place=%7e%2F", asWritten));
        request.Headers.Authorization = new("Bearer", key);
        var asked = gateway.SendAsync(request);
        var system = await script.ConnectionAsync();
        await system.EndAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        using var response = await asked;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith($"GET /find?place=%7e%2F&key={RunningStandIn.CrmToken} HTTP/1.1\r\n", system.Request, StringComparison.Ordinal);
        Assert.Contains($"{upstream.Address}find?place=%7e%2F", logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningStandIn.CrmToken, logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(key, logs.Text, StringComparison.Ordinal);
    }
}
