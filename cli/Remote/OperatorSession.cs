using System.Text.Json.Nodes;
using Gateway.Connectors.Contracts;

namespace Gateway.Cli.Remote;

/// <summary>
/// An operator who signed in for one command, for what a token can't do. It ends with the command; its cookie is in no file.
/// </summary>
internal sealed class OperatorSession : IAsyncDisposable
{
    private const string Cookie = "__Host-gateway=";

    private OperatorSession(OperatorsApi api) => Api = api;

    /// <summary>Called as the one who signed in.</summary>
    public OperatorsApi Api { get; }

    /// <summary>As the operator whose token an endpoint has; their password is asked for.</summary>
    /// <exception cref="Results.RemoteException">It was refused, can't be reached, or isn't a Gateway.</exception>
    public static async Task<OperatorSession> BeginAsync(Endpoint at, Arguments.Questions questions, CancellationToken cancellationToken)
    {
        using var api = OperatorsApi.Of(at);
        var owner = (await api.GetAsync("/session", cancellationToken)).Read<SessionAnswer>();
        var password = await questions.AskSecretAsync($"Password of {Policy.Model.VisibleText.Of(owner.Name)}", cancellationToken);
        return await BeginAsync(new Place(at.Address, at.Ca, at.Name), owner.Tenant, owner.Name, password, cancellationToken);
    }

    /// <inheritdoc cref="BeginAsync(Endpoint, Arguments.Questions, CancellationToken)"/>
    public static async Task<OperatorSession> BeginAsync(
        Place at,
        string tenant,
        string name,
        Secret password,
        CancellationToken cancellationToken
    )
    {
        using var stranger = new OperatorsApi(at.Address, at.Ca, "the sign-in", static _ => { });
        var who = new JsonObject
        {
            ["tenant"] = tenant,
            ["name"] = name,
            ["password"] = password.Reveal(),
        };
        var answer = await stranger.SendAsync(HttpMethod.Post, "/sign-in", who, version: null, cancellationToken);
        var csrf = answer.Read<SessionAnswer>().Csrf;
        if (answer.Cookie?.StartsWith(Cookie, StringComparison.Ordinal) != true || !csrf.All(char.IsAsciiLetterOrDigit))
        {
            throw answer.Misread();
        }

        return new OperatorSession(
            new OperatorsApi(
                at.Address,
                at.Ca,
                at.Name,
                headers =>
                {
                    headers.TryAddWithoutValidation("Cookie", answer.Cookie);
                    headers.TryAddWithoutValidation("Origin", OperatorAddress.Text(at.Address));
                    headers.TryAddWithoutValidation("Gateway-Csrf", csrf);
                }
            )
        );
    }

    /// <summary>Signs out. Where that doesn't come about, the session ends by itself after 30 idle minutes.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Api.SendAsync(HttpMethod.Delete, "/session", body: null, version: null, CancellationToken.None);
        }
        catch (Results.RemoteException)
        {
            // What the command did is done, and its answer is what counts.
        }

        Api.Dispose();
    }

    private sealed record SessionAnswer(string Tenant, string Name, string Csrf);
}

/// <summary>An operators' listener, where nobody is proven yet.</summary>
/// <param name="Ca">PEM; empty for the machine's own authorities.</param>
/// <param name="Name">What it is called in errors, such as <c>--address</c>.</param>
internal sealed record Place(Uri Address, string Ca, string Name);
