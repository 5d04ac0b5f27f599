using Gateway.Connectors.Files;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Bodies;

/// <summary>
/// The folders that bodies lie in: <c>{tenant}/{last day}/{decision}.request</c> or <c>.response</c>. What isn't named so is left alone.
/// Thread-safe.
/// </summary>
internal sealed class BodyFolders(string root)
{
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The tenants that something is kept for.</summary>
    public IReadOnlyList<Id<Tenant>> Tenants() => TenantNames.OfFolders(Root);

    /// <summary>The days of a tenant that something is kept for, over or not.</summary>
    public IEnumerable<(DateOnly Day, string Path)> Days(Id<Tenant> tenant)
    {
        var home = Path.Combine(Root, tenant.ToString());
        foreach (var path in Directory.Exists(home) ? Directory.GetDirectories(home) : [])
        {
            if (BodyName.TryParseDay(Path.GetFileName(path), out var day))
            {
                yield return (day, path);
            }
        }
    }

    /// <summary>The folder of a day, made where there is none.</summary>
    public string Create(Id<Tenant> tenant, DateOnly until)
    {
        var folder = Path.Combine(Root, tenant.ToString(), BodyName.DayText(until));
        OwnerOnly.CreateFolder(folder);
        return folder;
    }

    /// <summary>Removes a day with all that is kept in it, its key first: nothing can be read however far this gets.</summary>
    /// <returns>False where another process has removed it meanwhile.</returns>
    public static bool Remove(string day)
    {
        try
        {
            File.Delete(Path.Combine(day, BodyKeys.FileName));
            Directory.Delete(day, recursive: true);
            return true;
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException && !Directory.Exists(day))
        {
            return false;
        }
    }

    public static string FileOf(string folder, in BodyName name) =>
        Path.Combine(folder, $"{name.Decision}.{BodyName.DirectionText(name.Direction)}");
}
