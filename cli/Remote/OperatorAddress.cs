using Gateway.Cli.Results;
using Gateway.Policy.Model;

namespace Gateway.Cli.Remote;

/// <summary>
/// Where an operators' listener is reached. A token goes there, so in the clear it may be on this machine alone, and nothing beside the
/// authority may stand in it: what a path or a user's name in it would mean differs from program to program.
/// </summary>
internal static class OperatorAddress
{
    /// <param name="where">Who says it, such as <c>--address</c>.</param>
    /// <exception cref="InvalidInputException">It can't be used.</exception>
    public static Uri Parse(string text, string where)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            || address is not { PathAndQuery: "/", Fragment.Length: 0, UserInfo.Length: 0, Host.Length: > 0 }
        )
        {
            // The text isn't repeated: it may hold a user's password.
            throw new InvalidInputException(
                $"The address of {where} isn't one of an operators' listener.",
                "Write https://, the name and the port alone, such as https://gateway.example.com:8090."
            );
        }

        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback
            ? address
            : throw new InvalidInputException(
                $"At {VisibleText.Of(address.Authority)}, the address of {where}, a token would go over the network in the clear.",
                "Use https://; http:// is for this machine, 127.0.0.1 or localhost, alone."
            );
    }

    /// <summary>As people read it.</summary>
    public static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
