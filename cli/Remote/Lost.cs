using System.Net.Security;
using Gateway.Cli.Results;
using Gateway.Policy.Model;

namespace Gateway.Cli.Remote;

/// <summary>Why there is no answer of a Gateway: what, where, and what to do.</summary>
/// <param name="Address">As people read it.</param>
/// <param name="Name">Who says the address, such as <c>the profile 'prod'</c>.</param>
internal sealed record Lost(string Address, string Name)
{
    private const string Doubt = "Whether it was done isn't known: look before it is repeated. ";

    private string Where => $"{VisibleText.Of(Address)}, the address of {Name},";

    public RemoteException Unreachable(Exception cause, bool mayBeDone)
    {
        var error = (cause as HttpRequestException)?.HttpRequestError;
        return error switch
        {
            HttpRequestError.NameResolutionError => Failed($"{Where} has a name that nobody knows.", "Correct the name."),
            HttpRequestError.ConnectionError => Failed(
                $"Nothing answers at {Where} {Cause(cause)}",
                "See that Gateway runs there, that Gateway:Administration:Urls has that port, and that no firewall lies between."
            ),
            HttpRequestError.ConfigurationLimitExceeded => NoGateway("Its answer is longer than any of Gateway's", mayBeDone),
            HttpRequestError.InvalidResponse => NoGateway("What it says isn't HTTP, or another version of it", mayBeDone),
            _ => Failed($"The connection to {Where} broke off. {Cause(cause)}", (mayBeDone ? Doubt : "") + "Then try again."),
        };
    }

    public RemoteException Late(TimeSpan longest, bool mayBeDone) =>
        Failed($"Within {longest.TotalSeconds} s no whole answer came from {Where}.", (mayBeDone ? Doubt : "") + "Then try again.");

    /// <param name="ownCa">Whether an authority was given in place of the machine's.</param>
    public RemoteException Untrusted(SslPolicyErrors errors, bool ownCa) =>
        errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? Failed(
                $"{Where} shows a certificate that is for another name.",
                "Write the address by a name that the certificate has, or have it issued for this one."
            )
        : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
            ? Failed(
                $"{Where} shows a certificate that isn't by an authority of {(ownCa ? "the given file" : "this machine")}, or whose "
                    + "time is over.",
                "If it is the right listener, give its authority's certificate by --ca (or GATEWAY_ADMIN_CA)."
            )
        : Failed($"With {Where} no TLS came about.", "See that it listens at https:// there, and with a certificate.");

    public RemoteException NoGateway(string why, bool mayBeDone) =>
        Failed(
            $"What answers at {Where} isn't the operators' listener of a Gateway. {why}.",
            (mayBeDone ? Doubt : "") + "Correct the address; Gateway:Administration:Urls says it, on port 8090 unless changed."
        );

    private static string Cause(Exception cause) => VisibleText.Of((cause.InnerException ?? cause).Message);

    private static RemoteException Failed(string message, string remedy) => new(ExitCode.Failed, new CommandError(message, remedy));
}
