using Gateway.Cli.Results;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;

namespace Gateway.Cli.Remote;

/// <summary>An operators' listener, and the token that its operator proves themselves by.</summary>
internal sealed class Endpoint
{
    /// <param name="name">What it is called in errors, such as <c>the profile 'prod'</c>.</param>
    /// <param name="ca">PEM; empty for the machine's own authorities.</param>
    /// <exception cref="InvalidInputException">The address or the token can't be one.</exception>
    public Endpoint(string name, string address, string ca, string token)
    {
        (Name, Address, Ca, Token) = (name, OperatorAddress.Parse(address, name), ca, new Secret(token));
        Tenant = TenantOf(token, name);
    }

    public string Name { get; }

    public Uri Address { get; }

    public string Ca { get; }

    public Secret Token { get; }

    /// <summary>The token's own: an operator works in no other.</summary>
    public Id<Tenant> Tenant { get; }

    /// <summary>Whose token a text is; of the text itself nothing is repeated.</summary>
    /// <exception cref="InvalidInputException">It is none.</exception>
    public static Id<Tenant> TenantOf(string token, string where) =>
        OperatorKeyIssuer.TryRead(token, OperatorKeyKind.Token, out var tenant, out _)
            ? tenant
            : throw new InvalidInputException(
                $"What {where} has as its token isn't an operator's, or a part of one.",
                "It begins with gwo_ and is one word: gateway tokens create --sign-in makes one."
            );
}
