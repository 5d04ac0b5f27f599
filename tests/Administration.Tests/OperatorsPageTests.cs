using System.Globalization;
using System.Text;
using Gateway.Administration.Operations;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Administration.Tests;

/// <summary>What the documentation says of the operators' API is what the table says.</summary>
public sealed class OperatorsPageTests
{
    [Fact]
    public void Page_HasEveryOperation_WithWhomItIsFor()
    {
        var table = new StringBuilder("| operation | for | does |\n| --- | --- | --- |\n");
        foreach (var one in OperationTable.All)
        {
            var who = one.Access switch
            {
                OperationAccess.Roles => RoleNames.Text(one.Roles),
                OperationAccess.Everybody => "everybody",
                OperationAccess.Anybody => "nobody yet",
                OperationAccess.Unspecified => "",
            };
            var entitlement = one.Entitlement == default ? "" : $"; entitlement `{Vocabulary.Entitlement.Text(one.Entitlement)}`";
            table.Append(
                CultureInfo.InvariantCulture,
                $"| `{one.Method} {one.Path}` | {who}{(one.Fresh ? "; fresh" : "")}{entitlement} | {one.Summary} |\n"
            );
        }

        new GeneratedPage("operators.md").AssertShows("operations", table.ToString());
    }

    [Fact]
    public async Task Description_IsTheCommittedOne()
    {
        await using var running = await RunningAdministration.StartAsync();
        using var client = await running.NewOperatorAsync("ada", OperatorRoles.Viewer);
        using var answer = await client.SendRawAsync(HttpMethod.Get, "openapi.json");

        GeneratedFile.AssertIs(
            "operators.openapi.json",
            (await answer.Content.ReadAsStringAsync()).ReplaceLineEndings("\n").TrimEnd() + "\n",
            nameof(OperatorsPageTests)
        );
    }
}
