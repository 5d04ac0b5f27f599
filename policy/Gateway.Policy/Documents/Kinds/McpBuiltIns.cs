using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>
/// The operations that come with every MCP connector, read and low: without them nothing else of it can be used. Any permission on the
/// connector grants them, see <c>ImpliedGrants</c>.
/// </summary>
internal static class McpBuiltIns
{
    /// <summary>What the names of built-in operations begin with, and of no other.</summary>
    public const string Prefix = "mcp.";

    /// <summary>Nothing is joined to the endpoint.</summary>
    public static readonly PathTemplate Endpoint = PathTemplate.TryParse("/", out var path)
        ? path!
        : throw new InvalidOperationException("'/' is no path.");

    /// <param name="requests">Where the server may ask for something, an answer carries content out in the session.</param>
    /// <param name="answers">Classes of those answers.</param>
    public static IEnumerable<Operation> Of(ServerRequests requests, DataClasses answers, SourcePosition source)
    {
        var isAsked = requests != ServerRequests.None;
        yield return new Operation
        {
            Id = Id<Operation>.Parse(Prefix + "session"),
            Action = ActionType.Read,
            Risk = RiskTier.Low,
            Data = isAsked ? answers : DataClasses.Public,
            Methods = ["POST", "GET", "DELETE"],
            Path = Endpoint,
            Sends = isAsked ? Sends.Content : Sends.Identifiers,
            RequestHeaders = McpSurface.RequestHeaders,
            ResponseHeaders = McpSurface.ResponseHeaders,
            Mcp = new McpTarget(McpKind.Session, "", null),
            Source = source,
        };
        yield return new Operation
        {
            Id = Id<Operation>.Parse(Prefix + "list"),
            Action = ActionType.Read,
            Risk = RiskTier.Low,
            Data = DataClasses.Public,
            Methods = ["POST"],
            Path = Endpoint,
            Sends = Sends.Identifiers,
            RequestHeaders = McpSurface.RequestHeaders,
            ResponseHeaders = McpSurface.ResponseHeaders,
            Mcp = new McpTarget(McpKind.List, "", null),
            Source = source,
        };
    }
}
