using System.CommandLine;
using Gateway.Cli.Calling;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Proxy.Identity.Signing;

namespace Gateway.Cli.Commands.Running;

/// <summary><c>gateway call</c>: one signed request, sent as an agent would. Follows no redirect and keeps no cookie.</summary>
internal sealed class CallCommand : LeafCommand
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly Argument<string> _method = new("METHOD") { Description = "GET, POST, …" };
    private readonly Argument<string> _url = new("URL") { Description = "The whole address." };
    private readonly Option<string[]> _headers = new("--header") { Description = "One header; may be repeated.", HelpName = "name: value" };
    private readonly Option<string> _data = new("--data")
    {
        Description = "The body: text, @file, or - for the standard input. JSON unless a Content-Type says otherwise.",
        HelpName = "text|@file|-",
    };

    private readonly Option<string> _nonce = new("--nonce")
    {
        Description = "For tests: sign with this nonce, such as one that was used before.",
    };

    private readonly Option<bool> _include = new("--include") { Description = "Show the status and the headers in front of the body." };
    private readonly KeyOptions _key;
    private readonly IdentityOptions _identity;

    public CallCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "call",
            "Sign one request as an agent and send it. Ends with 3 when Gateway blocks it, with 4 when it needs an approval.",
            "GATEWAY_AGENT_SECRET=gws_… gateway call GET http://127.0.0.1:8080/tools/crm/contacts/c-1 --workspace main --agent assistant"
        )
    {
        Add(_method);
        Add(_url);
        _key = new KeyOptions(this);
        _identity = new IdentityOptions(this);
        foreach (var option in (ReadOnlySpan<Option>)[_headers, _data, _nonce, _include])
        {
            Add(option);
        }
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var agent = _identity.Agent(parsed, Configuration);
        using var key = await _key.ReadAsync(parsed, Configuration, agent, cancellationToken);
        var identity = new SigningIdentity(
            _identity.Tenant(parsed, Configuration, key.Tenant),
            _identity.Workspace(parsed, Configuration),
            agent
        );
        var body = await CallRequest.ReadBodyAsync(parsed.GetValue(_data), cancellationToken);
        using var request = CallRequest.Make(
            parsed.GetRequiredValue(_method),
            parsed.GetRequiredValue(_url),
            parsed.GetValue(_headers) ?? [],
            body
        );
        await SignAsync(request, new RequestSigner(key.Signing, identity, TimeProvider.System), parsed.GetValue(_nonce), cancellationToken);

        using var invoker = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = ConnectTimeout,
            }
        );
        using var answer = await invoker.SendAsync(request, cancellationToken);
        return parsed.GetValue(Json)
            ? await CallAnswer.DescribeAsync(answer, cancellationToken)
            : await CallAnswer.PrintAsync(answer, parsed.GetValue(_include), cancellationToken);
    }

    private static async Task SignAsync(
        HttpRequestMessage request,
        RequestSigner signer,
        string? nonce,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await signer.SignAsync(request, new SigningOptions { Nonce = nonce }, cancellationToken);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidInputException(e.Message, "Check the headers and the nonce.");
        }
    }
}
