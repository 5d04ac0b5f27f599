using System.Text;
using Gateway.Connectors.Mcp.Messages;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Mcp.Messages;

public sealed class McpMessagesPageTests
{
    [Fact]
    public void The_page_lists_every_method() => new GeneratedPage("mcp-messages.md").AssertShows("methods", Table());

    private static string Table()
    {
        var table = new StringBuilder("| method | from | era | judged as | named by | needs |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var method in McpMethods.All)
        {
            table.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"| `{method.Name}` | {Words(method.Senders)} | {Words(method.Eras)} | {Judged(method.Judged)} "
                    + $"| {Named(method)} | {string.Join(" › ", method.Capability.Select(name => $"`{name}`"))} |\n"
            );
        }

        return table.ToString();
    }

    private static string Words<T>(T flags)
        where T : struct, Enum => flags.ToString().ToLowerInvariant().Replace(", ", " and ", StringComparison.Ordinal);

    private static string Named(McpMethod method)
    {
        var name = method.Subject switch
        {
            McpMember.None => "",
            McpMember.Name => "`params.name`",
            McpMember.Uri => "`params.uri`",
            McpMember.TaskId => "`params.taskId`",
            McpMember.Ref => "`params.ref`",
            McpMember.Filter => "`params.notifications`",
            McpMember.Level => "`params.level`",
            McpMember.Version => "`params.protocolVersion`",
            McpMember.Progress => "`params.progressToken`",
            _ => throw new InvalidOperationException($"The page has no words for {method.Subject}."),
        };
        return method.HasNameHeader ? $"**{name}**" : name;
    }

    private static string Judged(McpJudged judged) =>
        judged switch
        {
            McpJudged.Session => "`mcp.session`",
            McpJudged.List => "`mcp.list`",
            McpJudged.Operation => "its operation",
            McpJudged.Task => "the operation that made the task",
            _ => throw new InvalidOperationException($"The page has no words for {judged}."),
        };
}
