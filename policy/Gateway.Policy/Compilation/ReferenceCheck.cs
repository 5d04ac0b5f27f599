using Gateway.Cel.Text;
using Gateway.Policy.Documents;

namespace Gateway.Policy.Compilation;

/// <summary>
/// Whatever a document names must exist in the same tenant. A document that has errors of its own counts as existing, so that one mistake
/// isn't reported a hundred times.
/// </summary>
internal static class ReferenceCheck
{
    public static void Run(GovernanceDocuments documents, ErrorList errors)
    {
        foreach (var (tenant, position) in documents.TenantsNamed)
        {
            if (!documents.IsDeclared(new DocumentKey(DocumentKinds.Tenant, tenant, tenant.ToString())))
            {
                errors.Add(
                    position,
                    "metadata.tenant",
                    $"There is no tenant '{tenant}'.",
                    "Add a Tenant document of that name, or correct the name."
                );
            }
        }

        var operations = new DeclaredOperations(documents);
        foreach (var reference in documents.References)
        {
            if (reference.Kind == Reference.Operation)
            {
                operations.Check(reference, errors);
            }
            else if (!documents.IsDeclared(new DocumentKey(reference.Kind, reference.Tenant, reference.Name)))
            {
                var known = documents.NamesOf(reference.Kind, reference.Tenant);
                Report(reference, $"There is no {reference.Kind} '{reference.Name}' of this tenant.", known, errors);
            }
        }
    }

    internal static void Report(Reference reference, string problem, IEnumerable<string> known, ErrorList errors)
    {
        var remedy = NearestName.Find(reference.Name, known) is { } nearest
            ? $"Did you mean '{nearest}'?"
            : "Declare it, or correct the name.";
        errors.Add(reference.Position, reference.Field, problem, remedy);
    }
}
