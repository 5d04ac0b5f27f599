using Gateway.Proxy.Tests.Attacks;
using Gateway.Proxy.Tests.Running;

namespace Gateway.Proxy.Tests.Readers;

/// <summary>
/// A gateway with systems of several frameworks behind it, one connector each. Exports and deletions are operations that the agent has no
/// permission for, and a rule reads the fields of a note.
/// </summary>
public sealed class ReadersBehind : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _systems = [];

    public RunningGateway Gateway { get; private set; } = null!;

    public string Key { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var documents = Agent;
        var aspNet = await AspNetReader.StartAsync();
        _systems.Add(aspNet);
        documents += Connector("aspnet", aspNet.Address);
        if (ReaderProcess.IsOnPath("node") && (ReaderProcess.ExpressIsInstalled || ReaderProcess.IsOnPath("npm")))
        {
            documents += await ProcessAsync("express", ReaderProcess.ExpressAsync());
        }

        if (ReaderProcess.IsOnPath("python3"))
        {
            documents += await ProcessAsync("python", ReaderProcess.PythonAsync());
        }

        Gateway = await RunningGateway.StartAsync(aspNet.Address, data: null, documents);
        Key = await Gateway.NewBearerAsync("reader");
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        foreach (var system in _systems)
        {
            await system.DisposeAsync();
        }
    }

    /// <param name="construct">Its target is below the connector.</param>
    internal Task<RawAnswer> SendAsync(string connector, Construct construct)
    {
        var request = new RawRequest(construct.Method, $"/tools/{connector}{construct.Target}") { Body = construct.Body ?? [] };
        request.Headers.AddRange([$"Host: {Gateway.Address.Authority}", $"Authorization: Bearer {Key}"]);
        if (construct.Body is not null)
        {
            request.Headers.Add($"Content-Type: {construct.Type}");
            request.Headers.Add($"Content-Length: {construct.Sign}{construct.Body.Length}");
        }

        request.Headers.AddRange(construct.Headers);
        return RawAnswer.SendAsync(Gateway.Address, request.ToBytes());
    }

    private async Task<string> ProcessAsync(string name, Task<ReaderProcess> starting)
    {
        var process = await starting;
        _systems.Add(process);
        return Connector(name, process.Address);
    }

    private const string Agent = """
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: demo, name: reader}
        spec:
          workspace: main
          owners: {human: Ada Sample, security: Ben Sample}
          purpose: Calls systems of several frameworks.
          status: active
          level: L3
          risk: low
          bearerTools: true

        """;

    private static string Connector(string name, Uri address) =>
        $$"""
            ---
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: demo, name: {{name}}}
            spec:
              type: http
              baseAddress: {{address.GetLeftPart(UriPartial.Authority)}}
              scope: internal
              environment: development
              operations:
                - {name: list-contacts, action: read, risk: low, methods: [GET], path: /contacts}
                - {name: export-contacts, action: read, risk: low, methods: [GET], path: /contacts/export}
                - {name: get-contact, action: read, risk: low, methods: [GET], path: "/contacts/{id}"}
                - {name: delete-contact, action: delete, risk: low, methods: [DELETE], path: "/contacts/{id}"}
                - {name: add-note, action: write, risk: low, methods: [POST], path: "/contacts/{id}/notes", reversible: true}
                - name: send-form
                  action: write
                  risk: low
                  methods: [POST]
                  path: /forms
                  reversible: true
                  requestTypes: [application/x-www-form-urlencoded]
            ---
            apiVersion: gateway/v1
            kind: ToolPermission
            metadata: {tenant: demo, name: reader-{{name}}}
            spec: {agent: reader, connector: {{name}}, operations: [list-contacts, get-contact, add-note, send-form], auditLogging: true}
            ---
            apiVersion: gateway/v1
            kind: Policy
            metadata: {tenant: demo, name: reads-{{name}}}
            spec:
              rules:
                - name: reads-notes
                  effect: block
                  match: {tool_names: [{{name}}/add-note]}
                  when: args.?text.orValue('') == 'forbidden' || double(args.?amount.orValue(0)) < 0.0

            """;
}
