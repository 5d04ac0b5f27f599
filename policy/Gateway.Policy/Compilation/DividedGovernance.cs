using Gateway.Policy.Documents;
using Gateway.Policy.Documents.Kinds;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// What was read of the files, divided by tenant, so that a mistake is only ever its tenant's. A folder of a tenant's name is that
/// tenant's: what is in it can't name another. What is wrong with any other file is wrong for the tenants that it was, is or may be about;
/// of what nobody can tell whose it is, nothing may make a tenant's governance laxer.
/// </summary>
public sealed class DividedGovernance
{
    private readonly SortedDictionary<string, TenantDocuments> _tenants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<Id<Tenant>>> _tenantsOf = new(StringComparer.Ordinal);
    private readonly List<FaultyFile> _faulty = [];
    private readonly TenantFolders _folders;
    private readonly bool _isAlone;

    private DividedGovernance(TenantFolders folders, bool isAlone) => (_folders, _isAlone) = (folders, isAlone);

    /// <summary>In the order of their names.</summary>
    public IReadOnlyCollection<TenantDocuments> Tenants => _tenants.Values;

    /// <summary>What is wrong, and nobody can tell whose it is.</summary>
    public IReadOnlyList<GovernanceError> Unassigned { get; private set; } = [];

    /// <summary>Never throws for any text.</summary>
    /// <param name="files">All of them, in order.</param>
    /// <param name="before">What the last call gave; null for none.</param>
    /// <param name="inForce">What is in force of each tenant.</param>
    public static DividedGovernance Divide(
        IReadOnlyList<FileReading> files,
        DividedGovernance? before,
        IReadOnlyDictionary<Id<Tenant>, CompiledGovernance> inForce
    )
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(inForce);
        var all = files.SelectMany(file => file.Documents).Select(one => one.Governed).OfType<GovernedDocument>();
        var isAlone = all.All(governed => governed.Tenant == Tenant.Default);
        var divided = new DividedGovernance(TenantFolders.Of(files, inForce.Keys), isAlone);
        foreach (var file in files)
        {
            divided.Add(file);
        }

        foreach (var file in divided._faulty)
        {
            divided.Assign(file, before?._tenantsOf.GetValueOrDefault(file.Name) ?? [], inForce);
        }

        return divided;
    }

    private void Add(FileReading file)
    {
        var owner = _folders.OwnerOf(file.Name);
        var faults = new ErrorList();
        faults.AddAll(file.Faults);
        var named = _tenantsOf[file.Name] = [];
        foreach (var document in file.Documents.Where(one => one.Governed is not null || one.Fault is not null))
        {
            var tenant = TenantOf(document);
            if (owner is { } its && tenant is { } other && other != its)
            {
                faults.Add(
                    document.Source,
                    "metadata.tenant",
                    "A document in a tenant's own folder names another tenant.",
                    $"Name '{its}', or move the document out of the folder '{its}'."
                );
            }
            else if ((owner ?? tenant) is { } whose && (_folders.Known.Contains(whose) || (_isAlone && whose == Tenant.Default)))
            {
                Of(whose).Add(document);
                named.Add(whose);
            }
            else
            {
                AddStray(document, tenant, faults);
            }
        }

        if (faults.Count == 0)
        {
            return;
        }

        if (owner is { } only)
        {
            Of(only).Faults.AddAll(faults);
            return;
        }

        _faulty.Add(new FaultyFile(file.Name, faults, named, file.FaultyText));
    }

    private static void AddStray(ReadDocument document, Id<Tenant>? tenant, ErrorList faults)
    {
        if (document.Fault is { } fault)
        {
            faults.AddAll(fault.Errors);
            return;
        }

        faults.Add(
            document.Source,
            "metadata.tenant",
            $"There is no tenant '{tenant}'.",
            "Add a Tenant document of that name, or correct the name."
        );
    }

    private void Assign(FaultyFile file, HashSet<Id<Tenant>> before, IReadOnlyDictionary<Id<Tenant>, CompiledGovernance> inForce)
    {
        var may = _folders.Known.Where(tenant => MayBe(file, tenant)).ToHashSet();
        file.Named.UnionWith(before); // Whose it was it is until it is mended.
        may.UnionWith(before);
        var isAnybodys = may.Count == 0;
        foreach (var tenant in _folders.Known.Concat(_isAlone ? [Tenant.Default] : []).Distinct().ToList())
        {
            var was = inForce.GetValueOrDefault(tenant);
            if (file.Named.Contains(tenant) || (was is null && (isAnybodys || may.Contains(tenant))))
            {
                Of(tenant).Faults.AddAll(file.Faults);
            }
            else if (was is not null && Of(tenant).Missing(was) is { } missing)
            {
                // It may be in there, and without it more would be allowed.
                Of(tenant)
                    .Faults.Add(
                        missing.Source,
                        "",
                        $"The {missing.Governed!.Kind} '{missing.Governed.Name}' is gone while there is a file that can't be used.",
                        "Bring it back, or wait until that file is mended: the document may be in it."
                    );
            }
        }

        // An error that says nobody's name is for whoever looks after the folder.
        if (file.Named.Count == 0)
        {
            Unassigned = [.. Unassigned, .. file.Faults.InOrder()];
        }
    }

    private static bool MayBe(FaultyFile file, Id<Tenant> tenant) =>
        file.Named.Contains(tenant)
        || (
            file.Text.Length > 0
            && (tenant == Tenant.Default || file.Text.Contains(tenant.ToString(), StringComparison.Ordinal) || HidesNames(file.Text))
        );

    /// <summary>Whether letters may be written in another way than as themselves.</summary>
    private static bool HidesNames(string text) =>
        text.Contains("\\x", StringComparison.OrdinalIgnoreCase) || text.Contains("\\u", StringComparison.OrdinalIgnoreCase);

    /// <summary>As far as it can be read; null where it can't.</summary>
    private static Id<Tenant>? TenantOf(ReadDocument document)
    {
        if (document.Governed is { } governed)
        {
            return governed.Tenant;
        }

        var place = document.Place;
        var name = place.Kind == DocumentKinds.Tenant ? place.Name : place.Tenant;
        return name.Length == 0 && place.Kind != DocumentKinds.Tenant ? Tenant.Default
            : Id<Tenant>.TryParse(name, out var tenant) ? tenant
            : null;
    }

    private TenantDocuments Of(Id<Tenant> tenant)
    {
        var name = tenant.ToString();
        return _tenants.TryGetValue(name, out var known)
            ? known
            : _tenants[name] = new TenantDocuments(tenant) { IsAlone = _isAlone && tenant == Tenant.Default };
    }

    private sealed record FaultyFile(string Name, ErrorList Faults, HashSet<Id<Tenant>> Named, string Text);
}
