using System.CommandLine;
using System.CommandLine.Parsing;
using Gateway.Policy.Model;

namespace Gateway.Cli.Arguments;

/// <summary>Options that name a governed thing.</summary>
internal static class NameOptions
{
    public static Option<Id<Tenant>> Tenant() => Of<Tenant>("--tenant", "The tenant's name.", required: true);

    /// <summary>For what works over the network too, where the tenant is the profile's.</summary>
    public static Option<Id<Tenant>> TenantOrProfile() => Of<Tenant>("--tenant", "The tenant's name; a profile has its own.");

    public static Option<Id<Agent>> Agent() => Of<Agent>("--agent", "The agent's name.", required: true);

    /// <summary>What isn't a name is refused before anything is done.</summary>
    public static Option<Id<T>> Of<T>(string name, string description, bool required = false) =>
        new(name)
        {
            Description = description,
            Required = required,
            HelpName = "name",
            CustomParser = Parse<T>,
        };

    private static Id<T> Parse<T>(ArgumentResult result)
    {
        if (!Id<T>.TryParse(result.Tokens[0].Value, out var id))
        {
            result.AddError(
                $"'{result.Tokens[0].Value}' is not a name: use 1 to {Id<T>.MaxLength} of a-z, 0-9, '.', '_' and '-', a "
                    + "letter or digit first."
            );
        }

        return id;
    }
}
