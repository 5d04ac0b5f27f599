using Gateway.Connectors.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// Names of the members that are read, by the object they stand in. A name that could be a spelling of one of them is none: Go compares
/// names without case, and the official Python server takes <c>task_id</c> for <c>taskId</c> and <c>meta</c> for <c>_meta</c>.
/// </summary>
internal static class MemberTable
{
    private const string Official = "io.modelcontextprotocol/";

    private static readonly MemberRow[][] Rows = MakeRows();
    private static readonly NameTable<MemberRow>[] Tables = [.. Rows.Select(MakeTable)];
    private static readonly byte[][][] Names = [.. Rows.Select(rows => rows.Select(row => Utf8(row.Name)).ToArray())];

    private static readonly ulong[][] Hashes = [.. Names.Select(names => names.Select(name => LooseText.SpellingHash(name)).ToArray())];

    /// <summary>The member of this name; false where the object has none that is read.</summary>
    public static bool TryFind(MemberScope scope, scoped ReadOnlySpan<byte> name, ulong hash, out MemberRow row) =>
        Tables[(int)scope].TryFind(name, hash, out row, out _);

    /// <summary>Whether a name that isn't in the table could be read as one that is.</summary>
    public static bool IsSpelling(MemberScope scope, scoped ReadOnlySpan<byte> name)
    {
        var names = Names[(int)scope];
        var hash = LooseText.SpellingHash(name); // Once: folding a name for each known one would make many of them dear.
        for (var i = 0; i < names.Length; i++)
        {
            if (Hashes[(int)scope][i] == hash && LooseText.IsSpelling(name, names[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Utf8(string name) => System.Text.Encoding.UTF8.GetBytes(name);

    private static NameTable<MemberRow> MakeTable(MemberRow[] rows) => new([.. rows.Select(row => KeyValuePair.Create(row.Name, row))]);

    private static MemberRow[][] MakeRows()
    {
        var rows = new MemberRow[Enum.GetValues<MemberScope>().Length][];
        rows[(int)MemberScope.None] = [];
        rows[(int)MemberScope.Message] =
        [
            new("jsonrpc", McpMember.JsonRpc, ValueShape.Text),
            new("id", McpMember.Id, ValueShape.Any),
            new("method", McpMember.Method, ValueShape.Text),
            new("params", McpMember.Params, ValueShape.Object, MemberScope.Params),
            new("result", McpMember.Result, ValueShape.Object, MemberScope.Result),
            new("error", McpMember.Error, ValueShape.Object, MemberScope.Error),
        ];
        rows[(int)MemberScope.Params] =
        [
            new("_meta", McpMember.Meta, ValueShape.Object, MemberScope.Meta),
            new("name", McpMember.Name, ValueShape.Text),
            new("uri", McpMember.Uri, ValueShape.Text),
            new("arguments", McpMember.Arguments, ValueShape.Object),
            new("cursor", McpMember.Cursor, ValueShape.Text),
            new("taskId", McpMember.TaskId, ValueShape.Text),
            new("requestState", McpMember.RequestState, ValueShape.Text),
            new("inputResponses", McpMember.InputResponses, ValueShape.Object),
            new("task", McpMember.Task, ValueShape.Object),
            new("ref", McpMember.Ref, ValueShape.Object, MemberScope.Ref),
            new("argument", McpMember.Argument, ValueShape.Object),
            new("level", McpMember.Level, ValueShape.Text),
            new("requestId", McpMember.RequestId, ValueShape.Token),
            new("progressToken", McpMember.Progress, ValueShape.Token),
            new("notifications", McpMember.Filter, ValueShape.Object, MemberScope.Filter),
            new("protocolVersion", McpMember.Version, ValueShape.Text),
            new("capabilities", McpMember.Capabilities, ValueShape.Object),
            new("clientInfo", McpMember.ClientInfo, ValueShape.Object),
            new("mode", McpMember.Mode, ValueShape.Text),
            new("url", McpMember.Url, ValueShape.Text),
            new("status", McpMember.Status, ValueShape.Text),
            new("result", McpMember.TaskResult, ValueShape.Object),
            new("error", McpMember.TaskError, ValueShape.Object),
            new("inputRequests", McpMember.InputRequests, ValueShape.Object),
        ];
        rows[(int)MemberScope.Ref] =
        [
            new("type", McpMember.RefType, ValueShape.Text),
            new("name", McpMember.RefName, ValueShape.Text),
            new("uri", McpMember.RefUri, ValueShape.Text),
        ];
        rows[(int)MemberScope.Filter] =
        [
            new("resourceSubscriptions", McpMember.FilterUris, ValueShape.Texts),
            new("taskIds", McpMember.FilterTasks, ValueShape.Texts),
        ];
        rows[(int)MemberScope.Meta] =
        [
            new("progressToken", McpMember.ProgressToken, ValueShape.Token),
            new(Official + "protocolVersion", McpMember.MetaVersion, ValueShape.Text),
            new(Official + "clientInfo", McpMember.MetaClientInfo, ValueShape.Object),
            new(Official + "clientCapabilities", McpMember.MetaCapabilities, ValueShape.Object),
            new(Official + "logLevel", McpMember.MetaLogLevel, ValueShape.Text),
            new(Official + "subscriptionId", McpMember.SubscriptionId, ValueShape.Token),
            new(Official + "related-task", McpMember.RelatedTask, ValueShape.Object),
        ];
        rows[(int)MemberScope.Asked] =
        [
            new("method", McpMember.Method, ValueShape.Text),
            new("params", McpMember.Params, ValueShape.Object, MemberScope.Params),
        ];
        rows[(int)MemberScope.Result] = ResultRows();
        rows[(int)MemberScope.Error] =
        [
            new("code", McpMember.ErrorCode, ValueShape.Integer),
            new("message", McpMember.ErrorMessage, ValueShape.Text),
            new("data", McpMember.ErrorData, ValueShape.Any),
        ];
        return rows;
    }

    private static MemberRow[] ResultRows() =>
        [
            new("_meta", McpMember.Meta, ValueShape.Object, MemberScope.Meta),
            new("resultType", McpMember.ResultType, ValueShape.Text),
            new("isError", McpMember.IsError, ValueShape.Boolean),
            new("content", McpMember.Content, ValueShape.Array),
            new("structuredContent", McpMember.StructuredContent, ValueShape.Any),
            new("inputRequests", McpMember.InputRequests, ValueShape.Object),
            new("requestState", McpMember.RequestState, ValueShape.Text),
            new("task", McpMember.Task, ValueShape.Object),
            new("taskId", McpMember.TaskId, ValueShape.Text),
            new("status", McpMember.Status, ValueShape.Text),
            new("result", McpMember.TaskResult, ValueShape.Object),
            new("error", McpMember.TaskError, ValueShape.Object),
            new("nextCursor", McpMember.NextCursor, ValueShape.Text),
            new("tools", McpMember.Tools, ValueShape.Array),
            new("prompts", McpMember.Prompts, ValueShape.Array),
            new("resources", McpMember.Resources, ValueShape.Array),
            new("resourceTemplates", McpMember.ResourceTemplates, ValueShape.Array),
            new("contents", McpMember.Contents, ValueShape.Array),
            new("messages", McpMember.Messages, ValueShape.Array),
            new("completion", McpMember.Completion, ValueShape.Object),
            new("capabilities", McpMember.Capabilities, ValueShape.Object),
            new("supportedVersions", McpMember.SupportedVersions, ValueShape.Texts),
            new("protocolVersion", McpMember.Version, ValueShape.Text),
            new("instructions", McpMember.Instructions, ValueShape.Text),
            new("serverInfo", McpMember.ServerInfo, ValueShape.Object),
            new("ttlMs", McpMember.TtlMs, ValueShape.Any),
            new("cacheScope", McpMember.CacheScope, ValueShape.Text),
        ];
}

/// <param name="Inner">Whose members are read inside of it; none for a value that is only kept as a slice.</param>
internal readonly record struct MemberRow(string Name, McpMember Member, ValueShape Shape, MemberScope Inner = MemberScope.None);

/// <summary>Which object's members are read.</summary>
internal enum MemberScope
{
    None = 0,
    Message,
    Params,
    Ref,
    Filter,
    Meta,
    Result,
    Error,

    /// <summary>One of <c>inputRequests</c>.</summary>
    Asked,
}

/// <summary>What a member's value may be. A null is never one of them: to some readers it is absent, to others an error.</summary>
internal enum ValueShape
{
    /// <summary>Nothing fits.</summary>
    None = 0,
    Text,
    Object,
    Array,

    /// <summary>An array of nothing but strings.</summary>
    Texts,
    Boolean,
    Integer,

    /// <summary>A string or an integer, as ids are (<see cref="TokenText"/>).</summary>
    Token,
    Any,
}
