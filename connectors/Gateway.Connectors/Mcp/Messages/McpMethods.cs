using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// Every method that passes, in one table: from the schemas of 2025-03-26 to 2026-07-28 and of the tasks extension. A method that isn't
/// here, or not in the era spoken, or comes from the other side, doesn't exist (<c>-32601</c>). The legacy era's own tasks
/// (<c>tasks/list</c>, <c>tasks/result</c>, <c>notifications/tasks/status</c>) are never offered, so they aren't here.
/// </summary>
public static class McpMethods
{
    private const McpSenders Client = McpSenders.Client;
    private const McpSenders Server = McpSenders.Server;
    private const McpSenders Either = Client | Server;
    private const McpEras Legacy = McpEras.Legacy;
    private const McpEras Modern = McpEras.Modern;
    private const McpEras Both = Legacy | Modern;
    private static readonly string[] Tasks = ["extensions", "io.modelcontextprotocol/tasks"];
    private static readonly string[] Subscribing = ["resources", "subscribe"];

    /// <value>Each method once, in the order of the page that lists them.</value>
    public static IReadOnlyList<McpMethod> All { get; } =
    [
        Asked("initialize", McpAct.Initialize, Client, Legacy, McpJudged.Session, McpMember.Version),
        Asked("server/discover", McpAct.Discover, Client, Modern, McpJudged.Session),
        Asked("tools/list", McpAct.ListTools, Client, Both, McpJudged.List, needs: ["tools"]),
        Asked("prompts/list", McpAct.ListPrompts, Client, Both, McpJudged.List, needs: ["prompts"]),
        Asked("resources/list", McpAct.ListResources, Client, Both, McpJudged.List, needs: ["resources"]),
        Asked("resources/templates/list", McpAct.ListResourceTemplates, Client, Both, McpJudged.List, needs: ["resources"]),
        Asked("tools/call", McpAct.CallTool, Client, Both, McpJudged.Operation, McpMember.Name, true, ["tools"]),
        Asked("prompts/get", McpAct.GetPrompt, Client, Both, McpJudged.Operation, McpMember.Name, true, ["prompts"]),
        Asked("resources/read", McpAct.ReadResource, Client, Both, McpJudged.Operation, McpMember.Uri, true, ["resources"]),
        Asked("completion/complete", McpAct.Complete, Client, Both, McpJudged.Operation, McpMember.Ref, needs: ["completions"]),
        Asked("resources/subscribe", McpAct.Subscribe, Client, Legacy, McpJudged.Operation, McpMember.Uri, needs: Subscribing),
        Asked("resources/unsubscribe", McpAct.Unsubscribe, Client, Legacy, McpJudged.Operation, McpMember.Uri, needs: Subscribing),
        Asked("subscriptions/listen", McpAct.Listen, Client, Modern, McpJudged.Session, McpMember.Filter),
        Asked("ping", McpAct.Ping, Either, Legacy, McpJudged.Session),
        Asked("logging/setLevel", McpAct.SetLevel, Client, Legacy, McpJudged.Session, McpMember.Level, needs: ["logging"]),
        Asked("tasks/get", McpAct.GetTask, Client, Modern, McpJudged.Task, McpMember.TaskId, true, Tasks),
        Asked("tasks/update", McpAct.UpdateTask, Client, Modern, McpJudged.Task, McpMember.TaskId, true, Tasks),
        Asked("tasks/cancel", McpAct.CancelTask, Client, Modern, McpJudged.Task, McpMember.TaskId, true, Tasks),
        Asked("sampling/createMessage", McpAct.Sample, Server, Legacy, McpJudged.Session, needs: ["sampling"]),
        Asked("elicitation/create", McpAct.Elicit, Server, Legacy, McpJudged.Session, needs: ["elicitation"]),
        Asked("roots/list", McpAct.ListRoots, Server, Legacy, McpJudged.Session, needs: ["roots"]),
        Told("notifications/initialized", McpAct.Initialized, Client, Legacy),
        Told("notifications/cancelled", McpAct.Cancelled, Client, Both),
        Told("notifications/cancelled", McpAct.Cancelled, Server, Legacy),
        Told("notifications/progress", McpAct.Progress, Client, Legacy, McpMember.Progress),
        Told("notifications/progress", McpAct.Progress, Server, Both, McpMember.Progress),
        Told("notifications/roots/list_changed", McpAct.RootsChanged, Client, Legacy),
        Told("notifications/message", McpAct.Log, Server, Both),
        Told("notifications/tools/list_changed", McpAct.ToolsChanged, Server, Both),
        Told("notifications/prompts/list_changed", McpAct.PromptsChanged, Server, Both),
        Told("notifications/resources/list_changed", McpAct.ResourcesChanged, Server, Both),
        Told("notifications/resources/updated", McpAct.ResourceUpdated, Server, Both, McpMember.Uri),
        Told("notifications/elicitation/complete", McpAct.ElicitationDone, Server, Legacy),
        Told("notifications/subscriptions/acknowledged", McpAct.Acknowledged, Server, Modern, McpMember.Filter),
        Told("notifications/tasks", McpAct.TaskStatus, Server, Modern, McpMember.TaskId),
    ];

    private static readonly FrozenDictionary<(McpSenders, McpEras), NameTable<int>> Tables = MakeTables();

    /// <summary>The method that a client's message names; false for a fault with <c>-32601</c>, or <c>-32602</c> where the message lacks
    /// what the method acts on.</summary>
    /// <param name="era">As <see cref="McpEra"/> told it, never guessed from the method.</param>
    public static bool TryFind(
        in McpMessage message,
        ReadOnlySpan<byte> body,
        McpEras era,
        [NotNullWhen(true)] out McpMethod? method,
        [NotNullWhen(false)] out McpFault? fault
    )
    {
        fault = TryFind(message.Method, body, message.Kind, Client, era, out method) ? null : McpFaults.MethodNotFound;
        if (method is { Subject: not McpMember.None } && !IsNamed(message[method.Subject], body))
        {
            (method, fault) = (null, McpFaults.NameMissing);
        }

        return method is not null;
    }

    /// <summary>The method that a server's request or notification names; false where there is none that a server may send.</summary>
    public static bool TryFind(in McpAnswer answer, ReadOnlySpan<byte> text, McpEras era, [NotNullWhen(true)] out McpMethod? method) =>
        TryFind(answer.Method, text, answer.Kind, Server, era, out method);

    private static bool TryFind(
        McpSlice name,
        ReadOnlySpan<byte> text,
        MessageKind kind,
        McpSenders sender,
        McpEras era,
        [NotNullWhen(true)] out McpMethod? method
    )
    {
        method = null;
        Span<byte> scratch = stackalloc byte[LongestWritten];
        if (name.Length > LongestWritten || !Tables.TryGetValue((sender, era), out var table))
        {
            return false;
        }

        var said = name.Text(text, scratch);
        if (table.TryFind(said, KeyHash.Compute(said), out var at, out _) && All[at].Kind == kind)
        {
            method = All[at];
        }

        return method is not null;
    }

    // Six bytes for each of the longest name's characters, if all were escaped, and the quotes.
    private static int LongestWritten { get; } = (All.Max(method => method.Name.Length) * 6) + 2;

    private static bool IsNamed(McpSlice subject, ReadOnlySpan<byte> body) => subject.IsPresent && !subject.TextEquals(body, default);

    private static McpMethod Asked(
        string name,
        McpAct act,
        McpSenders senders,
        McpEras eras,
        McpJudged judged,
        McpMember subject = McpMember.None,
        bool header = false,
        params string[] needs
    ) => new(name, act, senders, eras, MessageKind.Request, judged, subject, header, needs);

    private static McpMethod Told(string name, McpAct act, McpSenders senders, McpEras eras, McpMember subject = McpMember.None) =>
        new(name, act, senders, eras, MessageKind.Notification, McpJudged.Session, subject, HasNameHeader: false, []);

    private static FrozenDictionary<(McpSenders, McpEras), NameTable<int>> MakeTables() =>
        new[] { (Client, Legacy), (Client, Modern), (Server, Legacy), (Server, Modern) }.ToFrozenDictionary(
            key => key,
            key => new NameTable<int>([
                .. All.Select((method, at) => (method, at))
                    .Where(row => row.method.Senders.HasFlag(key.Item1) && row.method.Eras.HasFlag(key.Item2))
                    .Select(row => KeyValuePair.Create(row.method.Name, row.at)),
            ])
        );
}
