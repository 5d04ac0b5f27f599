using System.Net;
using Gateway.Connectors.Contracts;

namespace Gateway.Administration.Tests;

public sealed class AgentOperationsTests
{
    [Fact]
    public async Task Demotion_IsMadeStricterByAnOperator_AndUndoneByASecurityAdminAlone()
    {
        await using var running = await RunningAdministration.StartAsync();
        using var ona = await running.NewOperatorAsync("ona", OperatorRoles.Operator);
        using var sam = await running.NewOperatorAsync("sam", OperatorRoles.SecurityAdmin);

        Assert.Equal((HttpStatusCode.OK, "L2"), await SetAsync(sam, "L2"));
        Assert.Equal((HttpStatusCode.Conflict, "demoted_to_less"), await SetAsync(ona, "L4"));
        Assert.Equal((HttpStatusCode.Conflict, "demoted_to_less"), await SetAsync(sam, "L3"));
        Assert.Equal((HttpStatusCode.OK, "L1"), await SetAsync(ona, "L1"));
        Assert.Equal((HttpStatusCode.Forbidden, "role_missing"), await SetAsync(ona, "document"));
        Assert.Equal((HttpStatusCode.OK, ""), await SetAsync(sam, "document"));
    }

    private static async Task<(HttpStatusCode, string)> SetAsync(OperatorClient client, string level)
    {
        var (status, body) = await client.SendAsync(HttpMethod.Put, "agents/payer/standing", new { level, reason = "INC-42" });
        var said =
            body.TryGetProperty("code", out var code) ? code
            : body.TryGetProperty("set_level", out var demoted) ? demoted
            : default;
        return (status, said.ValueKind == System.Text.Json.JsonValueKind.String ? said.GetString()! : "");
    }
}
