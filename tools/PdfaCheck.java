import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.*;
import org.w3c.dom.Element;

/**
 * Checks PDF files against PDF/A-2a and PDF/UA-1 with veraPDF.
 *
 * <p>{@code java -cp .tools/verapdf.jar:.tools/classes PdfaCheck FILE...} prints a line for each file and standard, and
 * under it the rules that fail; it exits with 0 where all files pass, with 1 where one does not.
 */
public final class PdfaCheck {
    /** veraPDF's name of a standard, and the rules for it inside the jar. */
    private static final Map<String, String> STANDARDS = new TreeMap<>(Map.of("2a", "PDFA-2A", "ua1", "PDFUA-1"));

    public static void main(String[] files) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        boolean passed = files.length > 0;
        for (var standard : STANDARDS.entrySet()) {
            var flavour = PDFAFlavour.byFlavourId(standard.getKey());
            var profile = readProfile(flavour, standard.getValue());
            for (String file : files) {
                passed &= check(file, flavour, profile);
            }
        }
        System.exit(passed ? 0 : 1);
    }

    private static boolean check(String file, PDFAFlavour flavour, ValidationProfile profile) {
        try (var input = new FileInputStream(file);
                var parser = Foundries.defaultInstance().createParser(input, flavour);
                var validator = Foundries.defaultInstance().createValidator(profile, 100, false, false, false)) {
            var result = validator.validate(parser);
            System.out.printf("%s %s %s%n", result.isCompliant() ? "pass" : "FAIL", flavour.getId(), file);
            // Of each rule: the first place that breaks it, and how many there are.
            Map<String, TestAssertion> broken = new TreeMap<>();
            Map<String, Integer> places = new TreeMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    RuleId id = assertion.getRuleId();
                    String rule = id.getClause() + "-" + id.getTestNumber();
                    broken.putIfAbsent(rule, assertion);
                    places.put(rule, result.getFailedChecks().getOrDefault(id, 1));
                }
            }
            broken.forEach((rule, first) -> System.out.printf("  rule %s, %d times: %s%n    first at %s%n", rule,
                    places.get(rule), first.getMessage().strip().replaceAll("\\s+", " "), first.getLocation().getContext()));
            return result.isCompliant();
        } catch (Exception e) {
            System.out.printf("FAIL %s %s%n  cannot be read: %s%n", flavour.getId(), file, e);
            return false;
        }
    }

    /** The jar lacks the XML binding that veraPDF reads its rules with, so they are read here. */
    private static ValidationProfile readProfile(PDFAFlavour flavour, String name) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Element root;
        try (var xml = PdfaCheck.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            root = factory.newDocumentBuilder().parse(xml).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : all(root, "rule")) {
            Element id = all(rule, "id").get(0);
            List<ErrorArgument> arguments = new ArrayList<>();
            for (Element argument : all(rule, "argument")) {
                arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), attribute(argument, "name"), null));
            }
            rules.add(Profiles.ruleFromValues(
                    Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                            id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
                    rule.getAttribute("object"), Boolean.valueOf(rule.getAttribute("deferred")), attribute(rule, "tags"),
                    text(rule, "description"), text(rule, "test"),
                    Profiles.errorFromValues(text(rule, "message"), arguments), List.of()));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element variable : all(root, "variable")) {
            variables.add(Profiles.variableFromValues(attribute(variable, "name"), attribute(variable, "object"),
                    text(variable, "defaultValue"), text(variable, "value")));
        }
        if (rules.isEmpty()) {
            throw new IllegalStateException("no rules in " + name);
        }
        var details = Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0));
        return Profiles.profileFromValues(flavour, details, "", rules, variables);
    }

    private static List<Element> all(Element from, String name) {
        var nodes = from.getElementsByTagNameNS("*", name);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    private static String text(Element from, String name) {
        var found = all(from, name);
        return found.isEmpty() ? null : found.get(0).getTextContent();
    }

    private static String attribute(Element from, String name) {
        return from.hasAttribute(name) ? from.getAttribute(name) : null;
    }
}
