using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>What <see cref="LostChanges"/> does again of operators and their keys. A part of the caller's transaction.</summary>
internal sealed class LostOperatorChanges(TenantSession session, ChangeOrigin origin, DateTimeOffset now)
{
    /// <summary>Each key that makes a tenant's first operator was spent with it.</summary>
    public async Task SpendSetupAsync(ChangeNote added)
    {
        foreach (var key in await OperatorTables.ListKeysAsync(session, OperatorKeyKind.Setup))
        {
            if (key.At <= added.At)
            {
                await OperatorTables.RemoveKeyAsync(session, key.Id);
                await OperatorTables.NoteAsync(session, GovernedChange.TokenRevoked, key, origin, now);
            }
        }
    }

    /// <summary>
    /// Takes from one what was taken. Which password was set is in no journal: where it was changed, the old one is no good any more.
    /// </summary>
    /// <param name="isLast">Whether its roles and standing are those that the operator had at the end.</param>
    public async Task NarrowAsync(ChangeNote set, bool isLast)
    {
        if (await OperatorTables.FindAsync(session, set.Subject) is not { } found)
        {
            return;
        }

        var after = found with { Password = IsPasswordKept(set) ? found.Password : null };
        if (isLast)
        {
            RoleNames.TryParse(
                set.After.GetValueOrDefault("roles", "").Split(", ", StringSplitOptions.RemoveEmptyEntries),
                out var roles,
                out _
            );
            var until = set.After.GetValueOrDefault("break_glass_until") is { Length: > 0 } text ? StoreInstant.Parse(text) : now;
            after = after with
            {
                Roles = found.Roles & roles,
                Suspended = found.Suspended || set.After.GetValueOrDefault("status") != "active",
                BreakGlassUntil =
                    found.BreakGlassUntil < until ? found.BreakGlassUntil
                    : found.BreakGlassUntil is null ? null
                    : until,
            };
        }

        if (after != found)
        {
            after = after with { Version = found.Version + 1 };
            await OperatorTables.PutAsync(session, after);
            await OperatorTables.NoteAsync(session, GovernedChange.OperatorSet, found.Name, origin, now, found, after);
        }

        await OperatorTables.RemoveKeysAsync(session, found.Name, OperatorKeyKind.Session);
    }

    public async Task RemoveAsync(ChangeNote removed)
    {
        if (await OperatorTables.FindAsync(session, removed.Subject) is { } found)
        {
            await OperatorTables.RemoveAsync(session, found.Name);
            await OperatorTables.RemoveKeysAsync(session, found.Name);
            await OperatorTables.NoteAsync(session, GovernedChange.OperatorRemoved, found.Name, origin, now, found, after: null);
        }
    }

    public async Task RemoveKeyAsync(ChangeNote removed)
    {
        if (await OperatorTables.FindKeyAsync(session, removed.Subject) is { } key && await OperatorTables.RemoveKeyAsync(session, key.Id))
        {
            await OperatorTables.NoteAsync(session, removed.Kind, key, origin, now);
        }
    }

    private static bool IsPasswordKept(ChangeNote set) =>
        set.After.GetValueOrDefault(OperatorTables.PasswordPart) is { } after
        && after == set.Before.GetValueOrDefault(OperatorTables.PasswordPart);
}
