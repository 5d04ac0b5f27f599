using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Tokens;

/// <summary>
/// <c>gateway tokens create</c>: signs in by password, since a token makes no other, and makes a token. With <c>--sign-in</c> nothing need
/// be there before; a profile that is named then keeps the token, and nothing shows it.
/// </summary>
internal sealed class TokenCreateCommand : LeafCommand
{
    private readonly Option<string> _name = new("--name")
    {
        Description = "What it is called among your tokens.",
        Required = true,
        HelpName = "name",
    };

    private readonly Option<string> _roles = RolesOption.Create(required: true);
    private readonly Option<int> _days = new("--days") { Description = "How long it holds, 1 to 365.", DefaultValueFactory = _ => 30 };

    private readonly Option<string> _reason = ReasonOption.Create(required: true);
    private readonly SignInOptions _signIn;

    public TokenCreateCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "create",
            "Make a token, by which programs work for you. Asks for your password, or reads it from the standard input.",
            "gateway tokens create --sign-in --address https://gateway.example.com:8090 --tenant acme --name laptop --roles approver "
                + "--reason 'new laptop' --profile prod"
        )
    {
        foreach (var option in (ReadOnlySpan<Option>)[_name, _roles, _days, _reason])
        {
            Add(option);
        }

        _signIn = new SignInOptions(this);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var asked = new JsonObject
        {
            ["name"] = parsed.GetRequiredValue(_name),
            ["roles"] = RolesOption.Read(parsed, _roles),
            ["days"] = parsed.GetValue(_days),
            ["reason"] = ReasonOption.Read(parsed, _reason),
        };
        var (place, keep) = _signIn.Where(parsed);
        await using var session = await _signIn.BeginAsync(parsed, place, cancellationToken);
        var made = (
            await session.Api.SendAsync(HttpMethod.Post, "/session/tokens", asked, version: null, cancellationToken)
        ).Read<NewToken>();
        var data = made.Token.Json();
        var line = $"{VisibleText.Of(made.Token.Name)} holds until {InstantText.Of(made.Token.Ends)}";
        if (keep is null)
        {
            data["secret"] = made.Secret;
            return CommandResult.Ok(data, $"{line}. The token, shown only now:", made.Secret);
        }

        await KeepAsync(session, place, keep, made, cancellationToken);
        data["profile"] = keep;
        return CommandResult.Ok(data, $"{line}, and is kept in the profile {keep}. Try it: gateway approvals list --profile {keep}.");
    }

    /// <summary>A token that nobody can ever use, or find, isn't left to hold.</summary>
    private static async Task KeepAsync(
        OperatorSession session,
        Place place,
        string name,
        NewToken made,
        CancellationToken cancellationToken
    )
    {
        try
        {
            ProfileFile.Keep(name, OperatorAddress.Text(place.Address), place.Ca, new Secret(made.Secret));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidInputException)
        {
            var path = "/session/tokens/" + PathPart.Of(made.Token.Id, "token");
            await session.Api.SendAsync(HttpMethod.Delete, path, body: null, version: null, cancellationToken);
            throw new InvalidInputException($"The token can't be kept, and was revoked: {e.Message}", "Mend that, and make another.");
        }
    }
}
