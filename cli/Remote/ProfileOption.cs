using System.CommandLine;
using Gateway.Cli.Commands;
using Gateway.Cli.Results;
using Gateway.Policy.Model;
using Microsoft.Extensions.Configuration;

namespace Gateway.Cli.Remote;

/// <summary>
/// Which Gateway a command works on: the instance of this machine, unless somebody says otherwise. What says so comes from the command
/// line, the environment and the user's own file: never from the settings of a folder, which anybody may have put there.
/// </summary>
internal sealed class ProfileOption
{
    private const string Prefix = "GATEWAY_";
    private const string ByEnvironment = "the environment";
    private readonly Option<string?> _profile = new("--profile")
    {
        Description = $"Work over the network on the Gateway of this profile; '{RemoteProfile.Local}' for the one of this machine.",
        HelpName = "name",
    };

    public ProfileOption(LeafCommand command) => command.Add(_profile);

    /// <summary>The profile that the command line names; null where it names none.</summary>
    public string? Given(ParseResult parsed) => parsed.GetValue(_profile);

    /// <summary>Null for this machine.</summary>
    /// <exception cref="InvalidInputException">What is named isn't there, can't be used, or is two things.</exception>
    public Endpoint? Find(ParseResult parsed)
    {
        var (given, address, token, ca) = (
            parsed.GetValue(_profile),
            Variable("ADMIN_ADDRESS"),
            Variable("ADMIN_TOKEN"),
            Variable("ADMIN_CA")
        );
        var byEnvironment = given is null && (address ?? token ?? ca) is not null;
        if (byEnvironment && Variable("PROFILE") is not null)
        {
            throw new InvalidInputException(
                "The environment says twice which Gateway this is for: by GATEWAY_PROFILE, and by GATEWAY_ADMIN_….",
                "Unset one of them, or give --profile."
            );
        }

        if (byEnvironment)
        {
            return address is not null && token is not null
                ? new Endpoint(ByEnvironment, address, ca is null ? "" : Authorities.ReadFile(ca), token)
                : throw new InvalidInputException(
                    "The environment says only a part of which Gateway this is for.",
                    "Set both GATEWAY_ADMIN_ADDRESS and GATEWAY_ADMIN_TOKEN, or none of GATEWAY_ADMIN_…."
                );
        }

        var name = given ?? Variable("PROFILE");
        if (name == RemoteProfile.Local)
        {
            return null;
        }

        var file = ProfileFile.Read();
        return name is null && file.Current.Length == 0 ? null : file.Find(name ?? file.Current).At(name ?? file.Current);
    }

    /// <summary>For what there is over the network only.</summary>
    /// <exception cref="InvalidInputException">As <see cref="Find"/>, or no profile is named.</exception>
    public Endpoint Demand(ParseResult parsed) =>
        Find(parsed)
        ?? throw new InvalidInputException(
            "Nobody says which Gateway this is for: it is done at an operators' listener, on this machine too.",
            "Give --profile, or set GATEWAY_PROFILE, or GATEWAY_ADMIN_ADDRESS and GATEWAY_ADMIN_TOKEN; gateway profiles add makes one."
        );

    /// <summary>Which tenant: over the network the token's own, which need not be named.</summary>
    /// <exception cref="InvalidInputException">None is named for this machine, or another than the token's.</exception>
    public static Id<Tenant> TenantOf(ParseResult parsed, Option<Id<Tenant>> option, Endpoint? at)
    {
        var named = parsed.GetValue(option);
        if (at is null)
        {
            return named.IsEmpty ? throw new InvalidInputException("Nobody says which tenant's.", "Give --tenant.") : named;
        }

        return named.IsEmpty || named == at.Tenant
            ? at.Tenant
            : throw new InvalidInputException(
                $"The token of {at.Name} is of the tenant '{at.Tenant}', and not of '{named}'.",
                "Take a profile of that tenant."
            );
    }

    private static string? Variable(string name) =>
        new ConfigurationBuilder().AddEnvironmentVariables(Prefix).Build()[name] is { Length: > 0 } value ? value : null;
}
